"""The channel plan of a round: whom to reach, by which ways; five kinds of people at most."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from pb_engine.units import RoundId

SLOTS = 5
LONGEST_LINE = 200
MOST_REACHED = 1_000_000


@dataclass(frozen=True, slots=True)
class ChannelSlot:
    """One kind of people that a round wants to reach; it is never written down of a resident.

    :ivar who: who they are; an empty slot has no other texts.
    :ivar ways: the channels: letters, the school, a door-to-door round.
    :ivar moments: when.
    :ivar by_whom: who does it.
    :ivar reached: how many people were reached; ``None`` when nobody counted.
    """

    who: str = ""
    ways: str = ""
    moments: str = ""
    by_whom: str = ""
    done: bool = False
    reached: int | None = None

    @property
    def planned(self) -> ChannelSlot:
        """The slot as a plan for another round: nothing is done yet."""
        return dataclasses.replace(self, done=False, reached=None)


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """The plan of a round.

    :ivar slots: always five, some of them empty.
    :ivar version: how often it was written; 0 while nobody did.
    """

    round: RoundId
    slots: tuple[ChannelSlot, ...] = (ChannelSlot(),) * SLOTS
    version: int = 0

    @property
    def filled(self) -> tuple[ChannelSlot, ...]:
        """The slots that somebody filled in."""
        return tuple(one for one in self.slots if one.who)
