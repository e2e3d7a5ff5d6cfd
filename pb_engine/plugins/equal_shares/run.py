"""One run of the Method of Equal Shares with one endowment, without completion."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from pb_engine.plugins.equal_shares.ledger import TINY
from pb_engine.plugins.equal_shares.market import Market, Stall
from pb_engine.plugins.equal_shares.purses import Purses, Quote


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase.

    :ivar tied: the places of the projects that asked exactly the same price per value.
    """

    stall: Stall
    tied: tuple[int, ...] = ()


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


def run(market: Market, endowment: Fraction) -> Run:
    """Buy the project with the lowest price per value, again and again, while any is affordable.

    :param endowment: what every ballot may spend, in cents; exact.
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
    while best := _cheapest(purses, waiting):
        quote, tied = best
        purses.buy(quote)
        bought.append(Bought(quote.stall, tied))
    return Run(endowment, tuple(bought), purses, sum(one.stall.cost for one in bought))


def _cheapest(
    purses: Purses, waiting: list[tuple[float, int, Stall]]
) -> tuple[Quote, tuple[int, ...]] | None:
    asked: list[Quote] = []
    limit = float("inf")
    while waiting and waiting[0][0] <= limit:
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
    return winner, tied


def _decide(purses: Purses, rivals: list[Quote]) -> tuple[Quote, tuple[int, ...]]:
    prices = [purses.exact_price(quote) for quote in rivals]
    lowest = min(prices)
    equal = [quote for quote, price in zip(rivals, prices, strict=True) if price == lowest]
    winner = min(equal, key=lambda quote: quote.stall.lot)
    return winner, tuple(q.stall.at for q in equal if q is not winner)
