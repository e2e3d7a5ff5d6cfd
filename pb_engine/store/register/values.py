"""The values of the register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pb_engine.units import RoundId


class Channel(StrEnum):
    """Along which channel a voting right was used, if it was."""

    NONE = "none"
    DIGITAL = "digital"
    PAPER = "paper"
    VOID = "void"


class CodeState(StrEnum):
    """Whether a voting code still opens the door."""

    CREATED = "created"
    VOID = "void"
    REPLACED = "replaced"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One voting right.

    :ivar id: random or a keyed hash; it names nobody.
    :ivar style: which ballot paper comes with it.
    :ivar area: for counting turnout per area; ``None`` where the round does not know.
    """

    id: str
    round: RoundId
    style: str
    area: str | None
    channel: Channel


@dataclass(frozen=True, slots=True)
class Code:
    """A voting code as the register knows it: by a keyed hash, never in clear.

    :ivar batch: the print run it belongs to, from 1.
    """

    round: RoundId
    tag: str
    entitlement: str
    batch: int
    state: CodeState
