"""What listeners hear, after the commit.  There is no event per ballot, on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One entry of the event log, without the person who did it.

    :ivar name: past tense, from the list in ``docs/reference/events.md``: ``idea_submitted``.
    :ivar number: position in the log; listeners hear each number at least once, in order.
    :ivar facts: plain values; new names may be added in a minor version.
    """

    name: str
    number: int
    round: RoundId | None
    at: datetime
    facts: Mapping[str, str | int] = field(default_factory=dict)
