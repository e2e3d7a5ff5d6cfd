"""The decisions, with the exact numbers behind them.

Facts of a decision:

- ``score``: votes, points or grades, added up;
- ``worth``: what the project adds to a list: its score times the utility (for ``cost`` in cents);
- ``best_with``: what the best list that holds this project would have been worth together;
- ``votes_short``: how many more votes (points, grades) it needed, everything else being the same.
  To check: a vote adds the cost (or 1) to ``best_with``, and it has to pass ``welfare``.
"""

from __future__ import annotations

from collections.abc import Sequence

from pb_engine.api import Decision, Election, Verdict
from pb_engine.api.counting import Exact
from pb_engine.plugins.max_welfare.knapsack import best_worth
from pb_engine.plugins.max_welfare.offers import Item, Offers


def decisions(
    election: Election, offers: Offers, best: int, chosen: Sequence[Item]
) -> tuple[Decision, ...]:
    """Return one decision per project: first the funded ones, then the others by score."""
    rest = sorted(
        (item for item in offers.items if item not in chosen),
        key=lambda item: (-item.score, item.lot),
    )
    others = {item.at: _best_with(offers, item) for item in rest if item.cost <= offers.budget}
    rivals = _rivals(offers, best, others)
    funded = (_decision(election, item, "in_best_list", {}, rivals[item.at]) for item in chosen)
    refused = (
        _decision(
            election,
            item,
            _reason(item, offers),
            _shortage(offers, best, item, others.get(item.at)),
            rivals[item.at],
        )
        for item in rest
    )
    return (*funded, *refused)


def _decision(
    election: Election, item: Item, reason: str, facts: dict[str, Exact], tied: Sequence[int]
) -> Decision:
    return Decision(
        project=election.projects[item.at].id,
        verdict=Verdict.FUNDED if reason == "in_best_list" else Verdict.NOT_FUNDED,
        reason=reason,
        voters=election.support.voters[item.at],
        facts={"score": item.score, "worth": item.score * item.each, **facts},
        tied_with=tuple(election.projects[at].id for at in tied),
    )


def _reason(item: Item, offers: Offers) -> str:
    if item.cost > offers.budget:
        return "over_budget"
    return "in_no_best_list" if item.score else "no_supporters"


def _best_with(offers: Offers, item: Item) -> int:
    """Return the worth of the best list that holds ``item``."""
    others = [other for other in offers.eligible if other is not item]
    return item.worth + best_worth(others, offers.budget - item.cost)


def _shortage(offers: Offers, best: int, item: Item, with_it: int | None) -> dict[str, Exact]:
    if with_it is None:
        return {}
    gap, step = best - with_it, item.each << offers.shift
    # A project without a single vote needs one, even where its list would win without.
    least = max(1 - item.score, 1)
    short = max(gap // step + 1, least) if step else least
    return {"best_with": with_it >> offers.shift, "votes_short": short}


def _rivals(offers: Offers, best: int, others: dict[int, int]) -> list[list[int]]:
    """Return for every project those that it is exchanged for in a list of the same worth."""
    rivals: list[list[int]] = [[] for _ in offers.items]
    chosen = offers.listed(best)
    for at, worth in others.items():
        if worth >> offers.shift != best >> offers.shift or offers.items[at].score <= 0:
            continue
        instead = frozenset(offers.listed(worth))
        for item in chosen:
            if item not in instead:
                rivals[at].append(item.at)
                rivals[item.at].append(at)
    return rivals
