"""The phases of a round as a table, and the calendar that moves them.

``docs/reference/phases.md`` shows the same table; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from pb_engine.errors import WrongPhase

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


class Phase(StrEnum):
    """Where a round is.  From ``closed`` on, no ballot can enter any more."""

    DRAFT = "draft"
    IDEAS = "ideas"
    REVIEW = "review"
    VOTING = "voting"
    CLOSED = "closed"
    OPENED = "opened"
    COUNTED = "counted"
    EXPLAINED = "explained"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What moves a round from one phase to the next."""

    OPEN_IDEAS = "open_ideas"
    START_REVIEW = "start_review"
    OPEN_VOTING = "open_voting"
    CLOSE_VOTING = "close_voting"
    OPEN_BOX = "open_box"
    TALLY = "tally"
    EXPLAIN = "explain"
    PUBLISH = "publish"
    CANCEL = "cancel"


TRANSITIONS: Mapping[tuple[Phase, Step], Phase] = MappingProxyType(
    {
        (Phase.DRAFT, Step.OPEN_IDEAS): Phase.IDEAS,
        (Phase.IDEAS, Step.START_REVIEW): Phase.REVIEW,
        (Phase.REVIEW, Step.OPEN_VOTING): Phase.VOTING,
        (Phase.VOTING, Step.CLOSE_VOTING): Phase.CLOSED,
        (Phase.CLOSED, Step.OPEN_BOX): Phase.OPENED,
        (Phase.OPENED, Step.TALLY): Phase.COUNTED,
        (Phase.COUNTED, Step.EXPLAIN): Phase.EXPLAINED,
        (Phase.EXPLAINED, Step.PUBLISH): Phase.PUBLISHED,
        (Phase.DRAFT, Step.CANCEL): Phase.CANCELLED,
        (Phase.IDEAS, Step.CANCEL): Phase.CANCELLED,
        (Phase.REVIEW, Step.CANCEL): Phase.CANCELLED,
        (Phase.VOTING, Step.CANCEL): Phase.CANCELLED,
    }
)


def after(phase: Phase, step: Step) -> Phase:
    """Return the phase that ``step`` leads to.

    :raises WrongPhase: the table has no such step from ``phase``.
    """
    try:
        return TRANSITIONS[phase, step]
    except KeyError:
        raise WrongPhase(
            f"a round in phase {phase} cannot take the step {step}", phase=phase, step=step
        ) from None


def next_steps(phase: Phase) -> tuple[Step, ...]:
    """Return the steps that the table allows from ``phase``, in the order of the table."""
    return tuple(step for (start, step) in TRANSITIONS if start is phase)


@dataclass(frozen=True, slots=True)
class Window:
    """A period in whole days, both inclusive, in Dutch local time."""

    opens: date
    closes: date

    @property
    def start(self) -> datetime:
        """The first instant of the period, in UTC."""
        return midnight(self.opens)

    @property
    def end(self) -> datetime:
        """The first instant after the period, in UTC: a ballot at this instant is too late."""
        return midnight(self.closes + timedelta(days=1))


def midnight(day: date) -> datetime:
    """Return the start of a Dutch day as an instant in UTC; right on days of a clock change."""
    return datetime.combine(day, time(), DUTCH_TIME).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of a round.  ``appeal`` may be absent."""

    announced: date
    ideas: Window
    review: Window
    voting: Window
    counting: Window
    result: date
    appeal: Window | None = None

    def due(self, phase: Phase, now: datetime) -> Step | None:
        """Return the step that the clock asks for, or ``None``.

        Only collecting, reviewing and voting follow the clock; counting is done by people.
        """
        moments: dict[Phase, tuple[datetime, Step]] = {
            Phase.DRAFT: (self.ideas.start, Step.OPEN_IDEAS),
            Phase.IDEAS: (self.ideas.end, Step.START_REVIEW),
            Phase.REVIEW: (self.voting.start, Step.OPEN_VOTING),
            Phase.VOTING: (self.voting.end, Step.CLOSE_VOTING),
        }
        if phase not in moments:
            return None
        moment, step = moments[phase]
        return step if now >= moment else None

    def disorder(self) -> tuple[str, str] | None:
        """Return the first date that is out of order as (key, what it must be), or ``None``."""
        spans = [
            ("ideas", self.ideas),
            ("review", self.review),
            *([("appeal", self.appeal)] if self.appeal else []),
            ("voting", self.voting),
            ("counting", self.counting),
        ]
        earlier_name, earlier = "announced", self.announced
        for name, window in spans:
            if window.closes < window.opens:
                return f"{name}.closes", f"must not be before {name}.opens ({window.opens})"
            if window.opens < earlier or (window.opens == earlier and earlier_name != "announced"):
                return f"{name}.opens", f"must be after {earlier_name} ({earlier})"
            earlier_name, earlier = f"{name}.closes", window.closes
        if self.result < earlier:
            return "result", f"must not be before {earlier_name} ({earlier})"
        return None
