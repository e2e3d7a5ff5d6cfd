"""The feasibility review (haalbaarheidstoets): a stoplight per published criterion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pb_engine.domain.rounds import Round
from pb_engine.errors import InvalidReview
from pb_engine.units import Cents

SHORTEST_REASON = 10


class Colour(StrEnum):
    """The stoplight.  A page always adds the word and a shape."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


class ReviewOutcome(StrEnum):
    """What happens with a reviewed idea."""

    PASS = "pass"  # noqa: S105 - the name of an outcome, no password
    ADAPT = "adapt"
    REJECT = "reject"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The colour for one criterion, with a reason in words unless it is green."""

    criterion: str
    colour: Colour
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What the commission decided about an idea.

    :ivar reason: what the submitter reads; mandatory unless the idea passes.
    :ivar suggestion: how the idea could still make it; optional.
    :ivar referred_to: identifier of a named body, when the outcome is ``refer``.
    :ivar reply_by: the last day on which that body answers.
    :ivar final_cost_cents: what stands on the ballot paper; mandatory when the idea passes.
    :ivar reviewed_by: role and short name of the official, for the event log and the desk.
    """

    outcome: ReviewOutcome
    judgements: tuple[Judgement, ...]
    reviewed_by: str
    reviewed_on: date
    reason: str = ""
    suggestion: str = ""
    referred_to: str | None = None
    reply_by: date | None = None
    final_cost_cents: Cents | None = None


def check_review(round_: Round, review: Review) -> Review:
    """Refuse an incomplete review; return it with the reply date of a referral filled in.

    :raises InvalidReview: with ``details["problem"]`` and, where it applies, the criterion.
    """
    _check_judgements(round_, review)
    _OUTCOMES[review.outcome](round_, review)
    if review.outcome is not ReviewOutcome.REFER and review.referred_to is not None:
        raise InvalidReview("only a referral names a body", problem="referral")
    if review.outcome is not ReviewOutcome.PASS and len(review.reason) < SHORTEST_REASON:
        raise InvalidReview(
            "the submitter needs a reason in words", problem="reason", limit=SHORTEST_REASON
        )
    if review.referred_to is None or review.reply_by is not None:
        return review
    body = next(body for body in round_.referral_bodies if body.id == review.referred_to)
    return Review(
        outcome=review.outcome,
        judgements=review.judgements,
        reviewed_by=review.reviewed_by,
        reviewed_on=review.reviewed_on,
        reason=review.reason,
        suggestion=review.suggestion,
        referred_to=review.referred_to,
        reply_by=review.reviewed_on + timedelta(days=body.reply_days),
        final_cost_cents=review.final_cost_cents,
    )


def _check_judgements(round_: Round, review: Review) -> None:
    judged = [judgement.criterion for judgement in review.judgements]
    for rule in round_.criteria:
        if judged.count(rule.number) != 1:
            raise InvalidReview(
                f"criterion {rule.number} must be judged once",
                problem="criterion",
                criterion=rule.number,
            )
    for judgement in review.judgements:
        if round_.criterion(judgement.criterion) is None:
            raise InvalidReview(
                f"{judgement.criterion[:20]!r} is not a published criterion of this round",
                problem="unknown_criterion",
                criterion=judgement.criterion[:20],
            )
        if judgement.colour is not Colour.GREEN and len(judgement.reason) < SHORTEST_REASON:
            raise InvalidReview(
                f"criterion {judgement.criterion} is {judgement.colour} and needs a reason",
                problem="criterion_reason",
                criterion=judgement.criterion,
                limit=SHORTEST_REASON,
            )


def _colours(review: Review) -> set[Colour]:
    return {judgement.colour for judgement in review.judgements}


def _check_pass(round_: Round, review: Review) -> None:
    if _colours(review) != {Colour.GREEN}:
        raise InvalidReview(
            "an idea passes only when every criterion is green", problem="not_green"
        )
    cost = review.final_cost_cents
    lowest, highest = 1, min(round_.submission.max_cost_cents, round_.fund.budget_cents)
    if cost is None or not lowest <= cost <= highest:
        raise InvalidReview(
            f"a project needs a final cost from {lowest} to {highest} cents",
            problem="final_cost",
            limit=highest,
        )


def _check_adapt(_round: Round, review: Review) -> None:
    if Colour.ORANGE not in _colours(review) or Colour.RED in _colours(review):
        raise InvalidReview(
            "adapting needs an orange criterion and no red one", problem="colours_adapt"
        )


def _check_reject(_round: Round, review: Review) -> None:
    if Colour.RED not in _colours(review):
        raise InvalidReview("rejecting needs a red criterion", problem="colours_reject")


def _check_refer(round_: Round, review: Review) -> None:
    if review.referred_to not in {body.id for body in round_.referral_bodies}:
        raise InvalidReview("referring needs a body that the round names", problem="referral")
    if _colours(review) == {Colour.GREEN}:
        raise InvalidReview(
            "referring needs a criterion that is not green", problem="colours_refer"
        )


_OUTCOMES = {
    ReviewOutcome.PASS: _check_pass,
    ReviewOutcome.ADAPT: _check_adapt,
    ReviewOutcome.REJECT: _check_reject,
    ReviewOutcome.REFER: _check_refer,
}
