"""Turnout per area and channel, exactly as it stands in the bundle: told once, never anew.

A second table, made later from a register that changed meanwhile, could be held against the first
one; so the page shows what was published and asks no register.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.rounds import Round

TURNOUT = "turnout"
"""Under this name the site keeps ``register.json`` of the bundle."""


@dataclass(frozen=True, slots=True)
class AreaTurnout:
    """The voting rights of one area; ``None`` is a number that is not told.

    :ivar area: its name; ``None`` where the register does not know.
    """

    area: str | None
    digital: int | None
    paper: int | None
    unused: int | None

    @property
    def total(self) -> int | None:
        """Return how many rights there were."""
        parts = (self.digital, self.paper, self.unused)
        return None if None in parts else sum(one or 0 for one in parts)


@dataclass(frozen=True, slots=True)
class Turnout:
    """Voting rights by what became of them.

    :ivar areas: by name; empty where there is one area, or where any table would tell too much.
    """

    whole: AreaTurnout
    areas: tuple[AreaTurnout, ...]

    @property
    def hidden(self) -> bool:
        """Tell whether the reader must be told that numbers are left out."""
        return any(None in (one.digital, one.paper, one.unused) for one in self.areas)


def read_turnout(round_: Round, raw: bytes | None) -> Turnout | None:
    """Return what was published; ``None`` where nothing was kept, or there were no rights."""
    told = json.loads(raw) if raw else {"total": {}}
    if not sum(told["total"].values()):
        return None
    names = {str(area.id): area.name for area in round_.areas.areas}
    rows = [_row(names.get(area), numbers) for area, numbers in told["areas"].items()]
    rows.sort(key=lambda one: (one.area is None, one.area or ""))
    return Turnout(_row(None, told["total"]), tuple(rows))


def _row(area: str | None, numbers: Mapping[str, int | None]) -> AreaTurnout:
    # A channel that nobody used is no column of the published table.
    return AreaTurnout(
        area, numbers.get("digital", 0), numbers.get("paper", 0), numbers.get("none", 0)
    )
