"""Bounded overspending as its paper writes it: voters one by one, fractions, no speed."""

from __future__ import annotations

from fractions import Fraction


def overspending(costs, budget, ballots, lot, *, by_cost=True):
    """Buy the project and the share of its cost with the least price by share, again and again."""
    purses = [Fraction(budget, len(ballots))] * len(ballots)
    funded = [p for p in lot if costs[p] == 0 and any(ballot.get(p, 0) > 0 for ballot in ballots)]
    left = budget
    while True:
        best = None
        for project in lot:
            if project in funded or costs[project] == 0 or costs[project] > left:
                continue
            worth = costs[project] if by_cost else 1
            utilities = [Fraction(ballot.get(project, 0) * worth) for ballot in ballots]
            for price, share in ways(costs[project], purses, utilities):
                key = (price / share, lot.index(project), -share)
                if best is None or key < best[0]:
                    best = (key, project, price, utilities)
        if best is None:
            return funded
        _, project, price, utilities = best
        purses = [p - min(p, price * u) for p, u in zip(purses, utilities, strict=True)]
        funded.append(project)
        left -= costs[project]


def ways(cost, purses, utilities):
    """Yield (price, share): nobody pays more than price times share per unit of utility."""
    backers = [(p, u) for p, u in zip(purses, utilities, strict=True) if u > 0 and p > 0]
    tops = {purse / utility for purse, utility in backers}
    for top in tops:
        covered = sum(min(purse, top * utility) for purse, utility in backers)
        share = min(Fraction(1), covered / cost)
        yield top / share, share
    if sum(purse for purse, _ in backers) >= cost:
        yield whole(cost, backers), Fraction(1)


def whole(cost, backers):
    """The price per utility at which the backers together pay the whole cost."""
    left, weight = Fraction(cost), sum(utility for _, utility in backers)
    for purse, utility in sorted(backers, key=lambda pair: pair[0] / pair[1]):
        if left / weight * utility <= purse:
            break
        left, weight = left - purse, weight - utility
    return left / weight
