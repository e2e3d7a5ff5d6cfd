"""The form with which the commission judges an idea."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pb_engine.errors import InvalidReview
from pb_engine.services.assessing import NewAssessment
from pb_engine.services.review import Colour, Judgement, NewReview
from web.forms.costs import read_lines
from web.forms.money import cents

_COLOURS = {str(one) for one in Colour}
_OUTCOME_PROBLEMS = frozenset(
    {"outcome", "not_green", "colours_adapt", "colours_reject", "colours_refer"}
)
_CRITERION_FIELDS = {"criterion": "colour-", "criterion_reason": "why-"}
_FIELDS = {
    "final_cost": "final_cost",
    "cost_sum": "final_cost",
    "running": "running",
    "running_by": "running_by",
    "referral": "referred_to",
}
NOT_MONEY = -1
"""Lower than every price: so the service says which prices there can be."""


def read_review(sent: Mapping[str, str], criteria: Iterable[str]) -> NewReview:
    """Return the judgement that a form describes; the service checks it.

    A criterion without a colour is left out.  A price counts only for an idea that passes, and
    a body only for an idea that is passed on: the page shows those fields for every outcome.
    """
    outcome = sent.get("outcome", "").strip()
    return NewReview(
        outcome=outcome,
        judgements=_judgements(sent, criteria),
        reason=sent.get("reason", ""),
        suggestion=sent.get("suggestion", ""),
        referred_to=sent.get("referred_to") or None if outcome == "refer" else None,
        **(_costs(sent) if outcome == "pass" else {}),
    )


def _costs(sent: Mapping[str, str]) -> dict[str, Any]:
    """Return the final cost, what it is made of, and what follows every year."""
    lines = read_lines(sent)
    typed = sent.get("final_cost", "")
    total = sum(line.sum_cents for line in lines)
    return {
        "final_cost_cents": _price(typed) if typed.strip() or not lines else total,
        "cost_lines": lines,
        "running_cents": _price(sent.get("running", "")) or 0,
        "running_by": sent.get("running_by", ""),
    }


def read_assessment(sent: Mapping[str, str], criteria: Iterable[str]) -> NewAssessment:
    """Return the assessment that a form describes; the service checks it."""
    return NewAssessment(
        outcome=sent.get("outcome", "").strip(),
        judgements=_judgements(sent, criteria),
        suggestion=sent.get("suggestion", ""),
        note=sent.get("note", ""),
    )


def _judgements(sent: Mapping[str, str], criteria: Iterable[str]) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(number, Colour(colour), sent.get(f"why-{number}", ""))
        for number in criteria
        if (colour := sent.get(f"colour-{number}", "")) in _COLOURS
    )


def _price(typed: str) -> int | None:
    if not typed.strip():
        return None
    found = cents(typed)
    return NOT_MONEY if found is None else found


def seen_version(sent: Mapping[str, str]) -> int:
    """Return which version of an idea the form was filled in for; 0 is none."""
    typed = sent.get("seen_version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004


def field_of(problem: InvalidReview) -> str:
    """Return the field of the form that a mistake is about."""
    named = str(problem.details.get("problem", ""))
    if named in _CRITERION_FIELDS:
        return _CRITERION_FIELDS[named] + str(problem.details.get("criterion", ""))
    if named in _OUTCOME_PROBLEMS:
        return "outcome"
    return _FIELDS.get(named, "reason")
