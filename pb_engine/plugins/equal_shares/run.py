"""One run of the Method of Equal Shares with one endowment, without completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush, nsmallest
from math import inf

from pb_engine.plugins.equal_shares.ledger import TINY
from pb_engine.plugins.equal_shares.market import Market, Stall
from pb_engine.plugins.equal_shares.purses import Purses, Quote


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase.

    :ivar tied: the places of the projects that asked exactly the same price per value.
    :ivar high: the price per value was certainly not higher than this.
    :ivar next_low: whatever was not bought and not tied asked certainly not less than this.
    """

    stall: Stall
    tied: tuple[int, ...]
    high: float
    next_low: float


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What was bought, in order; the purses as they were at the end."""

    endowment: Fraction
    bought: tuple[Bought, ...]
    purses: Purses
    cost: int

    @property
    def selected(self) -> tuple[int, ...]:
        """The places of the projects that were bought, in order."""
        return tuple(one.stall.at for one in self.bought)

    def price(self, purchase: int) -> Fraction:
        """Return the exact price per value in a purchase, counted from 0."""
        self.purses.settle()
        return self.purses.ledger.prices[purchase] / self.bought[purchase].stall.value


Waiting = list[tuple[float, int, Stall]]
"""A heap of projects: a price per value that is certainly not too high, and the lot."""


def run(market: Market, endowment: Fraction, reach: Sequence[float] = ()) -> Run:
    """Buy the project with the lowest price per value, again and again, while any is affordable.

    :param endowment: what every ballot may spend, in cents; exact.
    :param reach: for each purchase: up to which price ``next_low`` is wanted precisely.
    """
    purses = Purses(market, endowment)
    # Prices only rise while money is spent, so an old lower bound stays a lower bound, and most
    # projects need not be looked at in most steps.
    waiting = [
        (stall.cost / (stall.score * stall.value) * (1 - 4 * TINY), stall.lot, stall)
        for stall in market.stalls
    ]
    heapify(waiting)
    bought: list[Bought] = []
    while one := _buy_one(purses, waiting, reach[len(bought)] if len(bought) < len(reach) else 0):
        bought.append(one)
    return Run(endowment, tuple(bought), purses, sum(one.stall.cost for one in bought))


def _buy_one(purses: Purses, waiting: Waiting, reach: float) -> Bought | None:
    asked: list[Quote] = []
    limit = inf
    while waiting and waiting[0][0] <= max(limit, reach):
        low, _, stall = heappop(waiting)
        quote = purses.quote(stall, low)
        if quote is not None:
            asked.append(quote)
            limit = min(limit, quote.high)
    if not asked:
        return None
    rivals = [quote for quote in asked if quote.low <= limit]
    winner, tied = (rivals[0], ()) if len(rivals) == 1 else _decide(purses, rivals)
    for quote in asked:
        if quote.stall is not winner.stall:
            heappush(waiting, (quote.low, quote.stall.lot, quote.stall))
    lowest = nsmallest(len(tied) + 1, waiting)
    next_low = next((low for low, _, stall in lowest if stall.at not in tied), inf)
    exact = purses.buy(winner)
    high = winner.high if exact is None else float(exact / winner.stall.value) * (1 + 4 * TINY)
    return Bought(winner.stall, tied, high, next_low)


def _decide(purses: Purses, rivals: list[Quote]) -> tuple[Quote, tuple[int, ...]]:
    prices = [purses.exact_price(quote) for quote in rivals]
    lowest = min(prices)
    equal = [quote for quote, price in zip(rivals, prices, strict=True) if price == lowest]
    winner = min(equal, key=lambda quote: quote.stall.lot)
    return winner, tuple(q.stall.at for q in equal if q is not winner)
