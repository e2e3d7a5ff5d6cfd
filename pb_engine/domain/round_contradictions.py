"""What may not stand together in one round."""

from __future__ import annotations

from collections.abc import Iterator

from pb_engine.domain.ballot_limits import limit_name
from pb_engine.domain.pots import pot_problems
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
    yield from _limits(round_)
    yield from (("pots", problem) for problem in pot_problems(round_))
    talk = round_.consultation
    if talk is not None and not talk.opens <= talk.closes < round_.calendar.ideas.opens:
        yield "consultation", "must close after it opens, and before calendar.ideas.opens"
    shares = {(one.round, one.part) for one in round_.fund.saved}
    if len(shares) != len(round_.fund.saved):
        yield "fund", "saved: the same money stands there twice"
    if sum(one.cents for one in round_.fund.saved) > round_.fund.budget_cents:
        yield "fund", "saved: holds more than budget_cents"
    limit = round_.ballot.spend_limit_cents
    if limit is not None and limit > round_.fund.budget_cents:
        yield "ballot", "spend_limit_cents must not be above fund.budget_cents"


def _limits(round_: Round) -> Iterator[tuple[str, str]]:
    themes = {theme.id for theme in round_.submission.themes}
    for one in round_.ballot.limits:
        if one.theme is not None and one.theme not in themes:
            yield "ballot", f"limits: {one.theme!r} is not in submission.themes"
        if one.area is not None and round_.areas.find(one.area) is None:
            yield "ballot", f"limits: {one.area!r} is not in areas.tree"
    names = [limit_name(round_, one) for one in round_.ballot.limits]
    if len(set(names)) != len(names):
        yield "ballot", "limits: two limits bear one name"
