"""Money that is set apart for a theme or an area before anybody votes."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.units import AreaId, Cents


@dataclass(frozen=True, slots=True)
class Pot:
    """Money of one theme or of one area (with all that lies in it), that nothing else may spend.

    Either ``theme`` or ``area`` is named.
    """

    amount_cents: Cents
    theme: str | None = None
    area: AreaId | None = None


@dataclass(frozen=True, slots=True)
class Pots:
    """All pots of a round; what is in no pot is for all other ideas.

    :ivar leftover: what is left of all pots together goes down the list once more.
    """

    parts: tuple[Pot, ...]
    leftover: bool = False
