"""Fairness as the papers define it: one voter at a time, fractions, no speed, no cleverness.

Takes ``costs`` by project, the ``budget``, one set of supported projects per voter, and ``funded``.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations


def reached(ballots, funded):
    numbers = [len(ballot & funded) for ballot in ballots]
    return [numbers.count(k) for k in range(max(numbers, default=-1) + 1)]


def gini(amounts):
    if not sum(amounts):
        return Fraction(0)
    differences = sum(abs(one - other) for one in amounts for other in amounts)
    return Fraction(differences, 2 * len(amounts) * sum(amounts))


def short_groups(costs, budget, ballots, funded, axiom):
    """Every group of voters, one by one, that has a claim: (project, voters of the group)."""
    found = set()
    for project in set(costs) - funded:
        if not costs[project]:
            continue
        fans = [at for at, ballot in enumerate(ballots) if project in ballot]
        for size in range(1, len(fans) + 1):
            share = Fraction(size * budget, len(ballots))
            for group in combinations(fans, size):
                haves = [ballots[at] & funded for at in group]
                if all(_short(costs, project, share, have, axiom) for have in haves):
                    found.add((project, group))
    return found


def _short(costs, project, share, have, axiom):
    money = sum(costs[one] for one in have)
    if axiom == "cost_up_to_one":
        return money + costs[project] <= share
    times = share // costs[project]
    return money < times * costs[project] if axiom == "cost" else len(have) < times
