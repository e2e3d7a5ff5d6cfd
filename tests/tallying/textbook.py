"""The rules as their papers write them: one voter at a time, fractions, no speed, no cleverness.

Elections come as ``costs`` by project, ``ballots`` as one mapping (project -> weight) per voter,
and ``lot`` as a list.  Nothing of the engine is used here.
"""

from __future__ import annotations

from fractions import Fraction


def greedy(costs, budget, ballots, lot):
    """Most votes first, then what still fits."""
    votes = {p: sum(ballot.get(p, 0) for ballot in ballots) for p in costs}
    funded = []
    for project in sorted(costs, key=lambda p: (-votes[p], lot.index(p))):
        if sum(costs[p] for p in funded) + costs[project] <= budget:
            funded.append(project)
    return funded


def equal_shares(costs, endowment, ballots, lot, *, by_cost=True):
    """Buy the project whose supporters pay the least per unit of utility, again and again."""
    purses = [Fraction(endowment)] * len(ballots)
    funded = [p for p in lot if costs[p] == 0 and any(ballot.get(p, 0) > 0 for ballot in ballots)]
    while True:
        best = None
        for project in lot:
            if project in funded or costs[project] == 0:
                continue
            worth = costs[project] if by_cost else 1
            utilities = [ballot.get(project, 0) * worth for ballot in ballots]
            price = _price(costs[project], purses, utilities)
            if price is not None and (best is None or price < best[0]):
                best = (price, project, utilities)
        if best is None:
            return funded
        price, project, utilities = best
        purses = [
            purse - min(purse, price * utility)
            for purse, utility in zip(purses, utilities, strict=True)
        ]
        funded.append(project)


def _price(cost, purses, utilities):
    """The least price per utility at which the supporters together pay the cost."""
    supporters = [(purse, u) for purse, u in zip(purses, utilities, strict=True) if u > 0]
    if sum(purse for purse, _ in supporters) < cost:
        return None
    supporters.sort(key=lambda pair: pair[0] / pair[1])
    left, weight = Fraction(cost), sum(u for _, u in supporters)
    for purse, utility in supporters:
        if left / weight * utility <= purse:
            return left / weight
        left -= purse
        weight -= utility
    return None


def add1_official(costs, budget, ballots, lot, *, by_cost=True, step=1):
    """Share, then whole steps, until the next count would overspend."""
    share = Fraction(budget, len(ballots))
    endowment = share // step * step
    best = equal_shares(costs, share, ballots, lot, by_cost=by_cost)
    supported = {p for p in costs if any(ballot.get(p, 0) > 0 for ballot in ballots)}
    while set(best) != supported:
        endowment += step
        following = equal_shares(costs, endowment, ballots, lot, by_cost=by_cost)
        if sum(costs[p] for p in following) > budget:
            break
        best = following
    return best
