"""What the municipality says of a round when it is over: part (c) of the end report; the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from pb_engine.units import IdeaId, RoundId

LONGEST_REACTION = 4000
LONGEST_ANSWER = 600
_NONE: Mapping[IdeaId, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What officials write for the end report, and what they did at the end.

    :ivar reaction: what the municipality thinks of the outcome.
    :ivar used: how it uses what residents brought in.
    :ivar answers: per idea, what the municipality does with it, where the decision does not say it.
    :ivar thanked_on: when everybody who took part was thanked.
    :ivar archived_on: when the round went into the archive.
    :ivar version: counts changes, so that nobody overwrites what they did not see.
    """

    round: RoundId
    reaction: str = ""
    used: str = ""
    answers: Mapping[IdeaId, str] = field(default_factory=lambda: _NONE)
    thanked_on: date | None = None
    archived_on: date | None = None
    version: int = 0

    @property
    def complete(self) -> bool:
        """Tell whether part (c) is written."""
        return bool(self.reaction and self.used)
