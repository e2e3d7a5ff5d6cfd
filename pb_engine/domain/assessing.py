"""Assessments: what each member of the commission finds of an idea, before it is decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.review import (
    Colour,
    Judgement,
    ReviewOutcome,
    check_colours,
    check_judgements,
)
from pb_engine.domain.rounds import Round
from pb_engine.units import IdeaId

ASSESSABLE = frozenset({IdeaState.SUBMITTED, IdeaState.ADAPT})
"""Only an idea that waits for a decision is assessed; afterwards there is the appeal."""

_WORST_FIRST = (Colour.RED, Colour.ORANGE, Colour.GREEN)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one member finds.

    :ivar member: the short name under which the event log knows the member.
    :ivar outcome: the next step that this member proposes.
    :ivar note: for the member alone; it is never shown to anybody else.
    :ivar version: counts changes; 0 before it was ever kept.
    """

    idea: IdeaId
    member: str
    outcome: ReviewOutcome
    judgements: tuple[Judgement, ...]
    suggestion: str
    note: str
    made_on: date
    version: int


@dataclass(frozen=True, slots=True)
class Interest:
    """A member said to have an interest in an idea, and so leaves it to the others."""

    idea: IdeaId
    member: str
    reason: str
    declared_on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision as the assessments together would have it.

    :ivar outcome: ``None`` where the members propose different things.
    """

    outcome: ReviewOutcome | None
    judgements: tuple[Judgement, ...]
    suggestion: str


def check_assessment(round_: Round, assessment: Assessment) -> None:
    """Refuse an incomplete assessment, or one whose next step does not fit its colours.

    :raises InvalidReview: as for a decision.
    """
    check_judgements(round_, assessment.judgements)
    check_colours(assessment.outcome, {one.colour for one in assessment.judgements})


def differ(assessments: Iterable[Assessment]) -> bool:
    """Tell whether members give a criterion different colours, or propose different steps."""
    views = {
        (one.outcome, *sorted((each.criterion, each.colour) for each in one.judgements))
        for one in assessments
    }
    return len(views) > 1


def still_needed(assessors: int, assessments: Sequence[Assessment]) -> int:
    """Return how many assessments are missing before an idea may be decided."""
    wanted = assessors + 1 if assessors > 1 and differ(assessments) else assessors
    return max(0, wanted - len(assessments))


def proposal(round_: Round, assessments: Sequence[Assessment]) -> Proposal:
    """Put assessments together: the worst colour per criterion with all reasons for it."""
    outcomes = {one.outcome for one in assessments}
    return Proposal(
        outcome=outcomes.pop() if len(outcomes) == 1 else None,
        judgements=tuple(
            judgement
            for rule in round_.criteria
            if (judgement := _together(rule.number, assessments))
        ),
        suggestion=_joined(one.suggestion for one in assessments),
    )


def _together(number: str, assessments: Iterable[Assessment]) -> Judgement | None:
    given = [each for one in assessments for each in one.judgements if each.criterion == number]
    if not given:
        return None
    colours = {each.colour for each in given}
    worst = next(colour for colour in _WORST_FIRST if colour in colours)
    return Judgement(number, worst, _joined(each.reason for each in given if each.reason))


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))
