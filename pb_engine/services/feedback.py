"""Whether submitters heard in time: each idea against the norm that the round publishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pb_engine.domain.events import LogEntry
from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.domain.rounds import Round

_ANSWERS = frozenset({"idea_judged", "ideas_merged", "idea_split"})


@dataclass(frozen=True, slots=True)
class FeedbackNorm:
    """How many ideas were answered within the days of the norm.

    :ivar days: the norm: counted from the day on which an idea came in, never from before the
        review began.
    :ivar published: whether the round itself says so; else it is what is usual.
    :ivar waiting: no answer yet, and there is still time.
    """

    days: int
    published: bool
    in_time: int
    late: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """Return the share in time of what should have an answer, rounded down."""
        due = self.in_time + self.late
        return 100 * self.in_time // due if due else None


def feedback_norm(
    round_: Round, ideas: Iterable[Idea], entries: Iterable[LogEntry], today: date
) -> FeedbackNorm:
    """Count the ideas of a round; those that were taken back do not count.

    The first answer counts.  An idea without one is late from the day after its last day.
    """
    days = (round_.review or ReviewRules()).decide_days
    answered: dict[str, date] = {}
    for entry in entries:
        if entry.event.name in _ANSWERS:
            day = entry.at.astimezone(DUTCH_TIME).date()
            answered.setdefault(str(entry.event.facts["idea"]), day)
    in_time = late = waiting = 0
    for idea in ideas:
        if idea.state is IdeaState.WITHDRAWN:
            continue
        begins = max(idea.submitted_on, round_.calendar.review.opens)
        last = begins + timedelta(days=days)
        on_time = answered.get(str(idea.id), today) <= last
        in_time += on_time and str(idea.id) in answered
        waiting += on_time and str(idea.id) not in answered
        late += not on_time
    return FeedbackNorm(days, round_.review is not None, in_time, late, waiting)
