"""Bounded overspending as its paper writes it, and the other two rules called add1: no speed."""

from __future__ import annotations

from fractions import Fraction

from tests.tallying.textbook import equal_shares


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


def add1_until_nothing_fits(costs, budget, ballots, lot, *, whole, step):
    """The two rules called add1 that stop when nothing further fits; the last within the budget.

    With ``whole`` from the share rounded down, and every project counts as further; else from the
    share, and only projects with a supporter do.
    """
    share = Fraction(budget, len(ballots))
    supported = [p for p in costs if any(ballot.get(p, 0) > 0 for ballot in ballots)]
    if whole and sum(costs.values()) <= budget:
        return equal_shares(costs, share, ballots, lot)
    endowment = share // step * step if whole else share
    best = equal_shares(costs, endowment, ballots, lot)
    while set(best) != set(supported):
        left = budget - sum(costs[p] for p in best)
        further = set(costs if whole else supported) - set(best)
        endowment += step
        following = equal_shares(costs, endowment, ballots, lot)
        if all(costs[p] > left for p in further) or sum(costs[p] for p in following) > budget:
            break
        best = following
    return best
