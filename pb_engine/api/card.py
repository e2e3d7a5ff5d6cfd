"""What every plugin offer shows of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from marshmallow import Schema

from pb_engine.units import LocalText

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Card:
    """The name plate of an offer.

    :ivar name: for ever, since rounds store it; lower case letters, digits and underscores.
    :ivar version: moves if, and only if, the same input could now give another output.
    :ivar label: a few words for a list.
    :ivar summary: one or two sentences for whoever has to choose.
    """

    name: str
    version: str
    label: LocalText
    summary: LocalText

    def __post_init__(self) -> None:
        """Refuse a name that could not be stored in a round.

        :raises ValueError: the name does not follow the pattern.
        """
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is not a plugin name: use a-z, 0-9 and _, at most 40")


@runtime_checkable
class Offer(Protocol):
    """What all plugin objects share.  They hold no state: one object serves every round."""

    @property
    def card(self) -> Card:
        """The name plate."""

    @property
    def settings_schema(self) -> type[Schema]:
        """A marshmallow schema; what its ``load`` returns is passed as ``settings``.

        Loading an empty mapping must work: every setting has a default.  The loaded mapping
        must be the same after ``dump`` and ``load`` through JSON.
        """
