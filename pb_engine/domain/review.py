"""The feasibility review (haalbaarheidstoets): a stoplight per published criterion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from pb_engine.domain.costs import CostLine
from pb_engine.domain.rounds import Round
from pb_engine.errors import InvalidReview
from pb_engine.units import Cents

SHORTEST_REASON = 10
SHORTEST_PAYER, LONGEST_PAYER = 3, 120
MOST_RUNNING = 100_000_000
NOTHING = Cents(0)


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
    :ivar assessed_by: the members whose assessments lay before the decision.
    :ivar abstained: the members who took no part because they have an interest.
    :ivar cost_lines: what the final cost is made of; together exactly that cost, or none.
    :ivar running_cents: what the project costs every year afterwards, which the round does not pay.
    :ivar running_by: who pays that.
    :ivar reply: what the body answered, once it has.
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
    assessed_by: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    cost_lines: tuple[CostLine, ...] = ()
    running_cents: Cents = NOTHING
    running_by: str = ""
    reply: str = ""
    replied_on: date | None = None
    replied_by: str = ""


def check_review(round_: Round, review: Review) -> Review:
    """Refuse an incomplete review; return it with the reply date of a referral filled in.

    :raises InvalidReview: with ``details["problem"]`` and, where it applies, the criterion.
    """
    check_judgements(round_, review.judgements)
    if review.outcome is ReviewOutcome.REFER:
        _check_body(round_, review)
    check_colours(review.outcome, {one.colour for one in review.judgements})
    if review.outcome is ReviewOutcome.PASS:
        _check_cost(round_, review)
    if review.outcome is not ReviewOutcome.REFER and review.referred_to is not None:
        raise InvalidReview("only a referral names a body", problem="referral")
    if review.outcome is not ReviewOutcome.PASS and len(review.reason) < SHORTEST_REASON:
        raise InvalidReview(
            "the submitter needs a reason in words", problem="reason", limit=SHORTEST_REASON
        )
    if review.referred_to is None or review.reply_by is not None:
        return review
    body = next(body for body in round_.referral_bodies if body.id == review.referred_to)
    return replace(review, reply_by=review.reviewed_on + timedelta(days=body.reply_days))


def check_judgements(round_: Round, judgements: Iterable[Judgement]) -> None:
    """Refuse unless every published criterion has one colour, with a reason where not green.

    :raises InvalidReview: naming the first criterion that is missing, double or without reason.
    """
    given = tuple(judgements)
    judged = [judgement.criterion for judgement in given]
    for rule in round_.criteria:
        if judged.count(rule.number) != 1:
            raise InvalidReview(
                f"criterion {rule.number} must be judged once",
                problem="criterion",
                criterion=rule.number,
            )
    for judgement in given:
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


def check_colours(outcome: ReviewOutcome, colours: Collection[Colour]) -> None:
    """Refuse an outcome that the colours do not carry.

    :raises InvalidReview: with which colours that outcome needs.
    """
    fits, sentence, problem = _FITTING[outcome]
    if not fits(set(colours)):
        raise InvalidReview(sentence, problem=problem)


_FITTING: Mapping[ReviewOutcome, tuple[Callable[[set[Colour]], bool], str, str]] = MappingProxyType(
    {
        ReviewOutcome.PASS: (
            lambda colours: colours == {Colour.GREEN},
            "an idea passes only when every criterion is green",
            "not_green",
        ),
        ReviewOutcome.ADAPT: (
            lambda colours: Colour.ORANGE in colours and Colour.RED not in colours,
            "adapting needs an orange criterion and no red one",
            "colours_adapt",
        ),
        ReviewOutcome.REJECT: (
            lambda colours: Colour.RED in colours,
            "rejecting needs a red criterion",
            "colours_reject",
        ),
        ReviewOutcome.REFER: (
            lambda colours: colours != {Colour.GREEN},
            "referring needs a criterion that is not green",
            "colours_refer",
        ),
    }
)


def _check_cost(round_: Round, review: Review) -> None:
    cost = review.final_cost_cents
    lowest, highest = 1, min(round_.submission.max_cost_cents, round_.fund.budget_cents)
    if cost is None or not lowest <= cost <= highest:
        raise InvalidReview(
            f"a project needs a final cost from {lowest} to {highest} cents",
            problem="final_cost",
            limit=highest,
        )

    total = sum(line.sum_cents for line in review.cost_lines)
    if review.cost_lines and total != cost:
        raise InvalidReview(
            f"the lines add up to {total} cents and the final cost is {cost}",
            problem="cost_sum",
            given=total,
            limit=cost,
        )
    if not 0 <= review.running_cents <= MOST_RUNNING:
        raise InvalidReview("no such running costs", problem="running", limit=MOST_RUNNING)
    if review.running_cents and not SHORTEST_PAYER <= len(review.running_by) <= LONGEST_PAYER:
        raise InvalidReview("somebody must pay the running costs", problem="running_by")


def _check_body(round_: Round, review: Review) -> None:
    if review.referred_to not in {body.id for body in round_.referral_bodies}:
        raise InvalidReview("referring needs a body that the round names", problem="referral")
