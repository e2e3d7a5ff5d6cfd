"""Numbers of further ballots that are certainly not enough; see ``searching.py``."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import numpy as np

from pb_engine.plugins.equal_shares.completion import fill
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.run import Run

_MARGIN = 1 - Fraction(1, 2**30)
"""Far more than the reals in here can be wrong by, relatively."""


def filled(market: Market, at: int, number: int, deciding: Run) -> bool:
    """Say whether the greedy completion funds a project that got so many further ballots.

    It looks at a project no later when it has more ballots, so fewer fund it no sooner.
    """
    grown = market.with_more(at, number) if number else market
    left = market.election.budget - deciding.cost
    return at in fill(grown, (*market.free, *deciding.selected), left)


def enough(market: Market, at: int, lower: Run, upper: Run) -> float:
    """Return a number of further ballots below which the project is not bought.

    :param lower: together with ``upper`` the ends of a stretch at which the others buy the same.
    """
    if not upper.endowment:
        return inf
    lower.purses.settle()
    upper.purses.settle()
    stall = market.stall_at(at)
    ledger, prices = upper.purses.ledger, lower.purses.ledger.prices
    project = market.election.projects[at]
    rows = market.backers[at]
    counts = market.support.times[rows]
    value, cost = project.cost if market.by_cost else 1, _real(project.cost * _MARGIN)
    endowment = _real(upper.endowment)
    money = np.full(market.ballots, endowment)
    least = inf
    for step, one in enumerate(upper.bought):
        asked = _real(prices[step] / one.stall.value * value)
        paid = (np.minimum(money[rows], asked) * counts).sum() if stall else 0
        least = min(least, (cost - paid) / min(endowment, asked))
        payers, weights = ledger.payers[step]
        money[payers] -= _real(ledger.prices[step]) * (1 if weights is None else weights)
        money[ledger.emptied[step]] = 0
    rest = (money[rows] * counts).sum() if stall else 0
    return min(least, (cost - rest) / endowment)


def _real(number: Fraction) -> float:
    return number.numerator / number.denominator
