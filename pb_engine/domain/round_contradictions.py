"""What may not stand together in one round."""

from __future__ import annotations

from collections.abc import Iterator

from pb_engine.domain.rounds import Round


def contradictions(round_: Round) -> Iterator[tuple[str, str]]:
    """Yield each contradiction: the key it stands under, and a sentence."""
    for area in round_.voters.areas:
        if round_.areas.find(area) is None:
            yield "voters", f"areas: {area!r} is not in areas.tree"
    numbers = [rule.number for rule in round_.criteria]
    if len(set(numbers)) != len(numbers):
        yield "criteria", "every criterion needs its own number"
    if round_.submission.min_cost_cents > round_.submission.max_cost_cents:
        yield "submission", "min_cost_cents must not be above max_cost_cents"
    limit = round_.ballot.spend_limit_cents
    if limit is not None and limit > round_.fund.budget_cents:
        yield "ballot", "spend_limit_cents must not be above fund.budget_cents"
