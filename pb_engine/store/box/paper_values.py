"""The values of the count of paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pb_engine.units import RoundId


class Stage(StrEnum):
    """How far a stack of paper came; the last two are final."""

    READING = "reading"
    ACCEPTED = "accepted"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Stack:
    """A numbered batch of paper ballots.

    :ivar stated: how many sheets were handed in, as counted before anybody read them.
    :ivar leaver: keyed hash of who proposed to leave it out, or ``""``.
    :ivar totals: canonical JSON of what it came to once it is final; before that ``""``, or
        ``{"totals":true}`` for a batch of which only totals are counted.
    """

    round: RoundId
    stack: int
    stated: int
    stage: Stage = Stage.READING
    leaver: str = ""
    totals: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """One reading of a stack: the first, the second, or the third that decides.

    :ivar clerk: keyed hash of who reads; nobody has two hands on one stack.
    """

    round: RoundId
    stack: int
    hand: int
    clerk: str
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one hand read on one sheet, or counted for one line of a batch of totals.

    :ivar mark: keyed hash of the whole reading: equal marks are equal readings.
    :ivar defect: why the sheet does not count, or ``""``.
    :ivar remark: what was found, for a defect that has no word of its own; for a line, its total.
    :ivar sealed: the ballot, sealed as it goes into the box; ``b""`` for a sheet with a defect, and
        for a line.
    """

    round: RoundId
    stack: int
    hand: int
    sheet: int
    mark: str
    defect: str
    remark: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What one of two people read again on a drawn sheet, after the close."""

    round: RoundId
    stack: int
    sheet: int
    hand: int
    clerk: str
    mark: str
