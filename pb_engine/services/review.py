"""Judging and merging ideas, by the commission."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from pb_engine.domain.costs import CostLine
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaStep, Submitter, idea_after, tidy
from pb_engine.domain.review import Colour, Judgement, Review, ReviewOutcome, check_review
from pb_engine.engine import Engine
from pb_engine.errors import InvalidReview, WrongIdeaState
from pb_engine.services.assessing import require_assessed, require_impartial, require_review
from pb_engine.services.consents import require_consent
from pb_engine.services.linking import drop_links
from pb_engine.units import Cents, IdeaId, RoundId

__all__ = [
    "Colour",
    "Judgement",
    "NewReview",
    "Review",
    "ReviewOutcome",
    "judge_idea",
    "merge_ideas",
]

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class NewReview:
    """What an official fills in; the service adds who and when."""

    outcome: str
    judgements: tuple[Judgement, ...]
    reason: str = ""
    suggestion: str = ""
    referred_to: str | None = None
    final_cost_cents: int | None = None
    cost_lines: tuple[CostLine, ...] = ()
    running_cents: int = 0
    running_by: str = ""


def judge_idea(
    engine: Engine, slug: str, idea_id: str, review: NewReview, seen_version: int, by: str
) -> Idea:
    """Store the commission's judgement; the submitter is told through the outbox.

    A later judgement replaces an earlier one until voting opens.

    :raises InvalidReview: a criterion, a reason, a cost or a body is missing.
    :raises WrongPhase: ideas are judged from the opening of ideas until voting opens.
    :raises WrongIdeaState: the idea was withdrawn or merged.
    :raises NotReady: assessments are missing that the round asks for.
    :raises NotAllowed: the official submitted the idea or declared an interest in it.
    :raises ConcurrentEdit: somebody changed the idea since ``seen_version``.
    """
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        idea = work.ideas.get(stored.round.slug, IdeaId(idea_id))
        require_impartial(work, idea, by)
        checked = dataclasses.replace(
            check_review(stored.round, _complete(engine, review, by)),
            assessed_by=require_assessed(work, stored, idea),
            abstained=tuple(one.member for one in work.assessments.interests(idea.id)),
        )
        state = idea_after(idea.state, IdeaStep(checked.outcome))
        judged = dataclasses.replace(idea, state=state, review=checked)
        work.ideas.save(judged, seen_version)
        facts = {"idea": idea.id, "outcome": str(checked.outcome), "criteria": _cited(checked)}
        work.log.append(Event("idea_judged", idea.round, by, facts), engine.clock())
        if checked.outcome is ReviewOutcome.REJECT:
            drop_links(engine, work, idea, by, "rejected")
        work.commit()
    return dataclasses.replace(judged, version=seen_version + 1)


def merge_ideas(
    engine: Engine, slug: str, idea_id: str, into: str, seen_version: int, by: str
) -> Idea:
    """Merge one idea into another; all submitters are kept; return the idea that stays.

    :raises NotReady: a submitter did not agree, where the round asks for that.
    :raises WrongIdeaState: an idea cannot go into itself, or is withdrawn, merged or on the
        ballot paper.
    :raises ConcurrentEdit: somebody changed the idea since ``seen_version``.
    """
    if idea_id == into:
        raise WrongIdeaState("an idea cannot be merged into itself", step="merge", state="same")
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        going = work.ideas.get(stored.round.slug, IdeaId(idea_id))
        staying = work.ideas.get(stored.round.slug, IdeaId(into))
        for one in (going, staying):
            require_impartial(work, one, by)
        require_consent(work, stored, going, staying)
        idea_after(staying.state, IdeaStep.MERGE)  # only an open idea can take another in
        merged = dataclasses.replace(
            going, state=idea_after(going.state, IdeaStep.MERGE), merged_into=staying.id
        )
        work.ideas.save(merged, seen_version)
        kept = dataclasses.replace(staying, submitters=_together(staying, going))
        work.ideas.save(kept, staying.version)
        facts = {"idea": going.id, "into": staying.id}
        work.log.append(Event("ideas_merged", stored.round.slug, by, facts), engine.clock())
        drop_links(engine, work, going, by, "merged")
        work.commit()
    return dataclasses.replace(kept, version=staying.version + 1)


def _complete(engine: Engine, review: NewReview, by: str) -> Review:
    texts = [
        review.reason,
        review.suggestion,
        review.running_by,
        *(one.reason for one in review.judgements),
    ]
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise InvalidReview(
            f"a text has at most {LONGEST_TEXT} characters", problem="too_long", limit=LONGEST_TEXT
        )
    if review.outcome not in {str(one) for one in ReviewOutcome}:
        raise InvalidReview("choose an outcome", problem="outcome")
    cost = review.final_cost_cents
    return Review(
        outcome=ReviewOutcome(review.outcome),
        judgements=tuple(
            dataclasses.replace(one, reason=tidy(one.reason)) for one in review.judgements
        ),
        reviewed_by=by,
        reviewed_on=engine.today(),
        reason=tidy(review.reason),
        suggestion=tidy(review.suggestion),
        referred_to=review.referred_to or None,
        final_cost_cents=None if cost is None else Cents(cost),
        cost_lines=review.cost_lines,
        running_cents=Cents(review.running_cents),
        running_by=" ".join(tidy(review.running_by).split()),
    )


def _cited(review: Review) -> str:
    not_green = (one.criterion for one in review.judgements if one.colour is not Colour.GREEN)
    return " ".join(not_green)


def _together(staying: Idea, going: Idea) -> tuple[Submitter, ...]:
    return tuple(dict.fromkeys((*staying.submitters, *going.submitters)))
