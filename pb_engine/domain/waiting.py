"""What an idea waits for in the review, and until when: the service norms as one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.rounds import Round


class Awaited(StrEnum):
    """What must come next."""

    ASSESSMENT = "assessment"
    DECISION = "decision"
    REPLY = "reply"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an idea waits for.

    :ivar due: the last day; ``None``: the round promises nothing.
    """

    what: Awaited
    due: date | None

    def late(self, today: date) -> bool:
        """Tell whether the last day is over."""
        return self.due is not None and self.due < today


def waiting_for(
    round_: Round, idea: Idea, missing: int, appealed_on: date | None, reopened_on: date | None
) -> Waiting | None:
    """Return what an idea waits for; ``None``: nothing.

    :param missing: how many assessments are missing.
    :param appealed_on: when somebody asked to look again, as long as that is not decided.
    :param reopened_on: when such a request was last granted.
    """
    if appealed_on:
        days = round_.review.appeal_reply_days if round_.review else None
        return Waiting(Awaited.APPEAL, _after(appealed_on, days))
    if idea.state in {IdeaState.REFERRED, IdeaState.ADAPT}:
        return _after_decision(round_, idea)
    if idea.state is not IdeaState.SUBMITTED:
        return None
    begins = max(idea.submitted_on, round_.calendar.review.opens, reopened_on or date.min)
    if missing:
        days = round_.review.assess_days if round_.review else None
        return Waiting(Awaited.ASSESSMENT, _after(begins, days))
    return Waiting(Awaited.DECISION, _after(begins, _decide(round_)))


def _after_decision(round_: Round, idea: Idea) -> Waiting:
    review = idea.review
    referred = review is not None and review.referred_to is not None
    if review is not None and referred and review.replied_on is None:
        return Waiting(Awaited.REPLY, review.reply_by)
    last = (review.replied_on or review.reviewed_on) if review else None
    return Waiting(Awaited.DECISION, _after(last, _decide(round_)))


def _decide(round_: Round) -> int | None:
    return round_.review.decide_days if round_.review else None


def _after(first: date | None, days: int | None) -> date | None:
    return first + timedelta(days=days) if first and days else None
