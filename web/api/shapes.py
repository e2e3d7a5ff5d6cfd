"""How values look in JSON.  Money in whole cents, days as ISO 8601, texts per language."""

from __future__ import annotations

from typing import Any

from pb_engine.services.council import CouncilDecision
from pb_engine.services.editions import Edition
from pb_engine.services.ideas import Idea
from pb_engine.services.pages import RoundCard, RoundPage
from pb_engine.services.results import ResultRow, ResultsPage
from pb_engine.units import LocalText


def text(value: LocalText) -> dict[str, str]:
    """Write a text in both languages."""
    return {"nl": value.nl, "en": value.en}


def card(one: RoundCard) -> dict[str, Any]:
    """Write a round for the list."""
    return {
        "slug": one.slug,
        "name": text(one.name),
        "place": one.place,
        "phase": str(one.phase),
        "budget_cents": one.budget_cents,
        "fictional": one.fictional,
    }


def round_(page: RoundPage) -> dict[str, Any]:
    """Write one round."""
    shown = page.round
    return {
        "slug": shown.slug,
        "name": text(shown.name),
        "summary": text(shown.summary),
        "place": shown.place,
        "phase": str(page.phase),
        "fictional": shown.fictional,
        "budget_cents": shown.fund.budget_cents,
        "rules_digest": page.rules_digest,
        "ideas": page.ideas,
        "voters": page.voters,
        "calendar": [
            {"step": one.key, "opens": one.opens.isoformat(), "closes": one.closes.isoformat()}
            for one in page.steps
        ],
        "criteria": [{"number": one.number, "text": text(one.text)} for one in shown.criteria],
        "ballot": {
            "format": str(shown.ballot.format),
            "min_choices": shown.ballot.min_choices,
            "max_choices": shown.ballot.max_choices,
            "spend_limit_cents": shown.ballot.spend_limit_cents,
        },
        "projects": [
            {"id": one.id, "title": one.title, "cost_cents": one.cost} for one in page.projects
        ],
    }


def idea(one: Idea) -> dict[str, Any]:
    """Write one idea: what its page shows, and nothing of who submitted it but the shown name."""
    review = one.review
    return {
        "id": one.id,
        "number": one.number,
        "title": one.title,
        "description": one.description,
        "theme": one.theme,
        "area": one.area,
        "cost_cents": one.price,
        "state": str(one.state),
        "submitted_on": one.submitted_on.isoformat(),
        "submitters": [person.name for person in one.submitters],
        "merged_into": one.merged_into,
        "review": {"outcome": str(review.outcome), "reason": review.reason} if review else None,
    }


def result(page: ResultsPage) -> dict[str, Any]:
    """Write a published result."""
    return {
        "round": page.round.slug,
        "fictional": page.round.fictional,
        "method": text(page.method_label),
        "voters": page.voters,
        "invalid": page.invalid,
        "budget_cents": page.budget_cents,
        "spent_cents": page.spent_cents,
        "rules_digest": page.rules_digest,
        "record_digest": page.record_digest,
        "seed": page.seed,
        "projects": [_row(one) for one in page.rows],
        "council_decisions": [_decision(one) for one in page.decisions.values()],
        "granted_cents": page.granted_cents,
        "replaced": [_edition(one) for one in page.editions],
        "downloads": [
            {"name": one.name, "media_type": one.media_type, "sha256": one.digest, "size": one.size}
            for one in page.downloads
        ],
    }


def _edition(one: Edition) -> dict[str, Any]:
    return {
        "number": one.number,
        "replaced_on": one.replaced_on.isoformat(),
        "reason": one.reason,
        "record_digest": one.record_digest,
    }


def _decision(one: CouncilDecision) -> dict[str, Any]:
    return {
        "id": one.project,
        "funded": one.funded,
        "amount_cents": one.amount_cents,
        "reference": one.reference,
        "decided_on": one.decided_on.isoformat(),
        "reason": one.reason,
    }


def _row(one: ResultRow) -> dict[str, Any]:
    return {
        "id": one.project_id,
        "title": one.title,
        "cost_cents": one.cost_cents,
        "voters": one.voters,
        "funded": one.funded,
        "place": one.place,
        "reason": text(one.sentence),
    }
