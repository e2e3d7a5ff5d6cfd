"""What becomes of an idea that got money, and when residents must hear of it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.units import Cents, IdeaId, RoundId

DUE_MONTHS = (3, 6, 12)
"""Months after the result at which residents must have heard how it goes."""

LONGEST_UPDATE = 2000
LONGEST_OWNER = 80
MOST_SPENT = Cents(100_000_000_00)


class WorkState(StrEnum):
    """How far it is."""

    PREPARING = "preparing"
    UNDER_WAY = "under_way"
    DELAYED = "delayed"
    READY = "ready"
    STOPPED = "stopped"


OVER = frozenset({WorkState.READY, WorkState.STOPPED})
"""After these nothing more is due."""


@dataclass(frozen=True, slots=True)
class Work:
    """The work on one idea.

    :ivar owner: who does it, as residents may call them.
    :ivar ready_on: when it is expected to be ready, or was.
    :ivar version: 0 where nobody has told anything yet.
    """

    round: RoundId
    idea: IdeaId
    state: WorkState = WorkState.PREPARING
    owner: str = ""
    ready_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """What residents were told on a day."""

    id: str
    round: RoundId
    idea: IdeaId
    told_on: date
    body: str


def due_days(adopted: date) -> tuple[date, ...]:
    """Return the days at which residents must have heard, counted from the result."""
    return tuple(months_later(adopted, months) for months in DUE_MONTHS)


def next_due(adopted: date, told: Iterable[date], state: WorkState) -> date | None:
    """Return the first day for which nothing was told; ``None`` when nothing is due any more.

    What is told up to a month before such a day counts for it, and what is told after it too.
    """
    last = max(told, default=None)
    if state in OVER and last is not None:
        return None
    for months, day in zip(DUE_MONTHS, due_days(adopted), strict=True):
        if last is None or last < months_later(adopted, months - 1):
            return day
    return None


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
