"""One run of the Method of Equal Shares with one endowment, without completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from pb_engine.plugins.equal_shares.ledger import TINY
from pb_engine.plugins.equal_shares.market import Market, Stall
from pb_engine.plugins.equal_shares.purses import Purses, Quote
from pb_engine.plugins.equal_shares.waiting import Entry, Waiting

Raised = tuple[tuple[Stall, float], ...]
"""Lower bounds of prices that a step learned."""
NAMED = 25
"""So many projects at most are named as tied with one that was bought."""


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase.

    :ivar tied: the places of projects that asked exactly the same price per value; not all of
        them while others ``follow``.
    :ivar high: the price per value was certainly not higher than this.
    :ivar next_low: whatever was not bought and not tied asked certainly not less than this.
    :ivar sure: every supporter paid the opening price; nobody can ever ask less by it.
    :ivar follow: projects of the same opening price, behind it in the lot, were not looked at.
    :ivar raised: what the step learned.
    """

    stall: Stall
    tied: tuple[int, ...]
    high: float
    next_low: float
    sure: bool
    follow: bool
    raised: Raised


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What was bought, in order; the purses as they were at the end.

    :ivar last: what the step learned that bought nothing.
    """

    endowment: Fraction
    bought: tuple[Bought, ...]
    purses: Purses
    cost: int
    last: Raised = ()

    @property
    def selected(self) -> tuple[int, ...]:
        """The places of the projects that were bought, in order."""
        return tuple(one.stall.at for one in self.bought)

    def price(self, purchase: int) -> Fraction:
        """Return the exact price per value in a purchase, counted from 0."""
        self.purses.settle()
        return self.purses.ledger.prices[purchase] / self.bought[purchase].stall.value


def run(
    market: Market,
    endowment: Fraction,
    reach: Sequence[float] = (),
    above: Run | None = None,
    *,
    name_ties: bool = False,
) -> Run:
    """Buy the project with the lowest price per value, again and again, while any is affordable.

    :param endowment: what every ballot may spend, in cents; exact.
    :param reach: for each purchase: up to which price ``next_low`` is wanted precisely.
    :param above: a run with a larger endowment.  As long as both bought the same, everybody had
        more in it, so its lower bounds of prices hold here too.
    :param name_ties: look at projects that ``follow`` as well, as far as they are to be named.
    """
    buyer = _Buyer(market, endowment, name_ties=name_ties)
    bought: list[Bought] = []
    for at in range(len(market.stalls) + 1):
        if above is not None:
            same = above.bought[at].raised if at < len(above.bought) else above.last
            buyer.waiting.believe(same)
        one = buyer.buy(reach[at] if at < len(reach) else 0)
        if one is None:
            break
        bought.append(one)
        if above is not None and (
            at >= len(above.bought) or above.bought[at].stall.at != one.stall.at
        ):
            above = None
    cost = sum(one.stall.cost for one in bought)
    return Run(endowment, tuple(bought), buyer.purses, cost, tuple(buyer.waiting.raised))


class _Buyer:
    def __init__(self, market: Market, endowment: Fraction, *, name_ties: bool) -> None:
        self.market = market
        self.purses = Purses(market, endowment)
        self.waiting = Waiting(market)
        self._name_ties = name_ties
        self._refused, self._patience = 0, 8

    def buy(self, reach: float) -> Bought | None:
        asked, follow = self._ask(reach)
        if not asked:
            return None
        limit = min(quote.high for quote in asked)
        rivals = [quote for quote in asked if quote.low <= limit]
        winner, tied = (rivals[0], ()) if len(rivals) == 1 else _decide(self.purses, rivals)
        for quote in asked:
            if quote.stall is not winner.stall:
                self.waiting.put(quote.stall, quote.low)
        if follow and self._name_ties:
            tied = (*tied, *self._followers(winner.stall, tied))[:NAMED]
        self.waiting.buy(winner.stall)
        raised, self.waiting.raised = tuple(self.waiting.raised), []
        next_low = self._next_low(tied)
        exact = self.purses.buy(winner)
        high = winner.high if exact is None else float(exact / winner.stall.value) * (1 + 4 * TINY)
        return Bought(winner.stall, tied, high, next_low, winner.sure, follow, raised)

    def _ask(self, reach: float) -> tuple[list[Quote], bool]:
        """Ask prices until no further project can be the cheapest; say whether some follow."""
        asked: list[Quote] = []
        limit, sure = inf, False
        while (first := self.waiting.first()) and first[0] <= max(limit, reach):
            low, _, stall = first
            if sure and low == stall.opening == limit and self.market.distinct:
                return asked, True
            self.waiting.take()
            quote = self.purses.quote(stall, low)
            if quote is None:
                self._refuse(stall)
                continue
            self.waiting.learn(stall, quote.low)
            asked.append(quote)
            limit = min(limit, quote.high)
            sure = sure or (quote.sure and quote.high == limit)
        return asked, False

    def _refuse(self, stall: Stall) -> None:
        self.waiting.learn(stall, inf)
        self._refused += 1
        if self._refused == self._patience:
            self._refused, self._patience = 0, 2 * self._patience
            self.waiting.drop(self.purses.hopeless(self.market))

    def _next_low(self, tied: tuple[int, ...]) -> float:
        passed: list[Entry] = []
        while (first := self.waiting.first()) and first[2].at in tied:
            self.waiting.take()
            passed.append(first)
        for low, _, stall in passed:
            self.waiting.put(stall, low)
        return first[0] if first else inf

    def _followers(self, winner: Stall, tied: tuple[int, ...]) -> list[int]:
        """Return the tied projects that were not looked at, in the order of the lot."""
        found: list[int] = []
        passed: list[Entry] = []
        while len(found) < NAMED and (first := self.waiting.first()):
            low, _, stall = first
            if low > winner.opening:
                break
            self.waiting.take()
            passed.append(first)
            if low == stall.opening and stall.at not in tied:
                quote = self.purses.quote(stall, low)
                if quote is not None and quote.sure:
                    found.append(stall.at)
        for low, _, stall in passed:
            self.waiting.put(stall, low)
        return found


def _decide(purses: Purses, rivals: list[Quote]) -> tuple[Quote, tuple[int, ...]]:
    prices = [purses.exact_price(quote) for quote in rivals]
    lowest = min(prices)
    equal = [quote for quote, price in zip(rivals, prices, strict=True) if price == lowest]
    winner = min(equal, key=lambda quote: quote.stall.lot)
    return winner, tuple(q.stall.at for q in equal if q is not winner)
