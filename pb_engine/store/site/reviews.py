"""Reviews as canonical JSON and back."""

from __future__ import annotations

from datetime import date

from pb_engine.domain.costs import CostLine
from pb_engine.domain.review import Colour, Judgement, Review, ReviewOutcome
from pb_engine.store.columns import from_json, json_text
from pb_engine.units import Cents


def review_text(review: Review | None) -> str | None:
    """Spell a review as text; no review is ``None``."""
    if review is None:
        return None
    return json_text(
        {
            "outcome": review.outcome,
            "judgements": [[one.criterion, one.colour, one.reason] for one in review.judgements],
            "reviewed_by": review.reviewed_by,
            "reviewed_on": review.reviewed_on.isoformat(),
            "reason": review.reason,
            "suggestion": review.suggestion,
            "referred_to": review.referred_to,
            "reply_by": review.reply_by.isoformat() if review.reply_by else None,
            "final_cost_cents": review.final_cost_cents,
            "assessed_by": review.assessed_by,
            "abstained": review.abstained,
            "cost_lines": [[one.what, one.many, one.each_cents] for one in review.cost_lines],
            "running_cents": review.running_cents,
            "running_by": review.running_by,
            "reply": review.reply,
            "replied_on": review.replied_on.isoformat() if review.replied_on else None,
            "replied_by": review.replied_by,
        }
    )


def read_review(text: str | None) -> Review | None:
    """Read back what ``review_text`` wrote."""
    if text is None:
        return None
    kept = from_json(text)
    cost, reply_by = kept["final_cost_cents"], kept["reply_by"]
    return Review(
        outcome=ReviewOutcome(kept["outcome"]),
        judgements=tuple(
            Judgement(criterion, Colour(colour), reason)
            for criterion, colour, reason in kept["judgements"]
        ),
        reviewed_by=kept["reviewed_by"],
        reviewed_on=date.fromisoformat(kept["reviewed_on"]),
        reason=kept["reason"],
        suggestion=kept["suggestion"],
        referred_to=kept["referred_to"],
        reply_by=date.fromisoformat(reply_by) if reply_by else None,
        final_cost_cents=None if cost is None else Cents(cost),
        # Reviews of before there were assessments lack these.
        assessed_by=tuple(kept.get("assessed_by", ())),
        abstained=tuple(kept.get("abstained", ())),
        cost_lines=tuple(CostLine(*line) for line in kept.get("cost_lines", ())),
        running_cents=Cents(kept.get("running_cents", 0)),
        running_by=kept.get("running_by", ""),
        reply=kept.get("reply", ""),
        replied_on=date.fromisoformat(replied) if (replied := kept.get("replied_on")) else None,
        replied_by=kept.get("replied_by", ""),
    )
