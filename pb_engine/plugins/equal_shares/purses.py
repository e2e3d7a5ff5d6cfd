"""Estimates of what every ballot has left, and prices with certain bounds.

Reals only filter here.  Every estimate carries a bound on its error, every price comes as an
interval that holds the exact price, and what an interval cannot decide the ledger decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np

from pb_engine.plugins.equal_shares.ledger import TINY, Ledger
from pb_engine.plugins.equal_shares.market import Flags, Market, Reals, Stall

CLOSE = 1e-9
"""Prices that lie this near to one another, relatively, are left to the ledger."""
_STALE = 1e-11


@dataclass(frozen=True, slots=True)
class Quote:
    """A price of a project: per weight (``price``), and per value (``low`` to ``high``).

    :ivar slack: the exact price per weight lies within ``price`` plus or minus this; infinite
        when only ``low`` is certain.
    """

    stall: Stall
    price: float
    slack: float
    low: float
    high: float


@dataclass(slots=True)
class _Purchase:
    stall: Stall
    money: Reals
    error: float
    low: float


class Purses:
    """What every distinct ballot has left during one run."""

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.ledger = Ledger(endowment, market.ballots)
        self.money = np.full(market.ballots, float(endowment))
        self.error = float(endowment) * TINY
        self._pending: list[_Purchase] = []

    def quote(self, stall: Stall, start: float) -> Quote | None:
        """Return what the project costs its supporters now, or ``None`` when they cannot pay.

        :param start: a price per value that is not too high.
        """
        money = self.money[stall.rows]
        funds = money * stall.counts
        total = float(funds.sum())
        rounding = (len(money) + 8) * TINY
        doubt = rounding * total + self.error * float(stall.counts.sum())
        if total + doubt < stall.cost:
            return None
        if total - doubt < stall.cost and self.exact_total(stall) < stall.cost:
            return None
        return _priced(stall, money, funds, self.error, rounding, start * stall.value * (1 - TINY))

    def exact_total(self, stall: Stall) -> Fraction:
        """Return exactly what the supporters have left together."""
        self.settle()
        return self.ledger.total(stall)

    def exact_price(self, quote: Quote) -> Fraction:
        """Return exactly what one value of this project costs; it must be affordable."""
        self.settle()
        low = max(0.0, quote.low * quote.stall.value * (1 - 4 * TINY))
        money = self.money[quote.stall.rows]
        price, _ = self.ledger.solve(quote.stall, money, self.error, low)
        return price / quote.stall.value

    def buy(self, quote: Quote) -> Fraction | None:
        """Let the supporters pay.

        :return: the exact price per weight where the quote was too vague to go by.
        """
        stall = quote.stall
        low = max(0.0, quote.low * stall.value * (1 - 4 * TINY))
        self._pending.append(_Purchase(stall, self.money[stall.rows], self.error, low))
        if quote.slack > CLOSE * quote.price:
            self.settle()
            return self.ledger.prices[-1]
        heaviest = 1 if stall.weights is None else int(stall.weights.max())
        doubt = quote.slack * heaviest + TINY * float(self.ledger.endowment)
        self._pay(stall, quote.price, self.error + doubt)
        self.error += doubt
        if self.error > _STALE * float(self.ledger.endowment):
            self.settle()
        return None

    def _pay(self, stall: Stall, price: float, margin: float) -> None:
        asked = price if stall.weights is None else price * stall.weights
        rest = self.money[stall.rows] - asked
        # Whoever is too close to call keeps a trace, so that nobody who has money counts as empty.
        self.money[stall.rows] = np.where(
            rest > margin, rest, np.where(rest >= -margin, margin, 0.0)
        )

    def settle(self) -> None:
        """Work out the exact prices of all purchases so far, and renew the estimates."""
        if not self._pending:
            return
        for purchase in self._pending:
            price, poor = self.ledger.solve(
                purchase.stall, purchase.money, purchase.error, purchase.low
            )
            self.ledger.add(purchase.stall, price, poor)
        self._pending.clear()
        self._renew()

    def _renew(self) -> None:
        ledger = self.ledger
        self.money.fill(float(ledger.endowment))
        for price, (payers, weights) in zip(ledger.prices, ledger.payers, strict=True):
            self.money[payers] -= float(price) if weights is None else float(price) * weights
        self.money[ledger.empty] = 0.0
        np.maximum(self.money, 0.0, out=self.money)
        self.error = (3 * len(ledger.prices) + 2) * TINY * float(ledger.endowment)


def _priced(
    stall: Stall, money: Reals, funds: Reals, error: float, rounding: float, start: float
) -> Quote:
    price, poor_funds, rich = _newton(stall, money, funds, start)
    near = _poorer(stall, money, price * (1 + CLOSE), 4 * error)
    residue = abs(stall.cost - poor_funds - rich * price)
    moved = error * float(stall.counts @ (near & (money > 0)))
    doubt = rounding * stall.cost + residue + moved
    slack = 2 * doubt / rich if rich > 0 else inf
    low = max(price - slack, start)
    # Half of the rich stay rich at the upper end: then the upper end is certain.
    certain = 2 * (stall.score - _weigh(stall, near)) >= rich > 0 and slack <= CLOSE * price
    high = price + slack if certain else inf
    return Quote(
        stall,
        price,
        slack if certain else inf,
        low / stall.value * (1 - 4 * TINY),
        high / stall.value * (1 + 4 * TINY),
    )


def _newton(stall: Stall, money: Reals, funds: Reals, start: float) -> tuple[float, float, float]:
    price = max(start, 0.0)
    while True:
        poor = _poorer(stall, money, price, 0.0)
        poor_funds = float(funds @ poor)
        rich = stall.score - _weigh(stall, poor)
        if rich <= 0:
            return price, poor_funds, 0.0
        following = (stall.cost - poor_funds) / rich
        if following <= price * (1 + 2 * TINY):
            return price, poor_funds, rich
        price = following


def _poorer(stall: Stall, money: Reals, price: float, extra: float) -> Flags:
    asked = price if stall.weights is None else price * stall.weights
    return np.asarray(money < asked + extra)


def _weigh(stall: Stall, chosen: Flags) -> float:
    if stall.weights is None:
        return float(stall.counts @ chosen)
    return float((stall.counts * stall.weights) @ chosen)
