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
_STALE = 1e-10
_ROUNDING = 64 * TINY
"""More than numpy's pairwise sums of up to 2**40 numbers are wrong by, relatively."""
_MANY = 2_000_000
_FEW = 1024
"""Up to so many numbers a dot product is quicker; it is wrong by ``_FEW * TINY`` at most."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A price of a project: per weight (``price``), and per value (``low`` to ``high``).

    :ivar slack: the exact price per weight lies within ``price`` plus or minus this; infinite
        when only ``low`` is certain.
    :ivar sure: all supporters can certainly pay the opening price, so that it is the price.
    """

    stall: Stall
    price: float
    slack: float
    low: float
    high: float
    sure: bool = False


@dataclass(slots=True)
class _Purchase:
    stall: Stall
    money: Reals | None
    error: float
    low: float


class Purses:
    """What every distinct ballot has left during one run."""

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.ledger = Ledger(endowment, market.ballots)
        self.money = np.full(market.ballots, float(endowment))
        self.errors = np.full(market.ballots, float(endowment) * TINY)
        self.error = float(endowment) * TINY
        self._pending: list[_Purchase] = []
        # What the exact prices leave, apart from what was estimated since.
        self._plain, self._renewed = self.money.copy(), 0

    def quote(self, stall: Stall, start: float) -> Quote | None:
        """Return what the project costs its supporters now, or ``None`` when they cannot pay.

        :param start: a price per value that is not too high.
        """
        money = self.money[stall.rows]
        if start <= stall.opening and self._all_can_pay(stall, money):
            price = stall.cost / stall.score
            return Quote(stall, price, TINY * price, stall.opening, stall.opening, sure=True)
        funds = money if stall.plain else money * stall.counts
        start *= stall.value * (1 - TINY)
        price, poor_funds, rich = _newton(stall, money, funds, start)
        near = _poorer(stall, money, price * (1 + CLOSE), 4 * self.error)
        far = stall.score - _weigh(stall, near)
        rounding = _FEW * TINY if len(money) <= _FEW else _ROUNDING
        residue = rounding * stall.cost + abs(stall.cost - poor_funds - rich * price)
        quote = _bounded(stall, price, start, far, residue + self._moved(stall, money, near, far))
        # With certain bounds, those far above the price certainly pay what it takes.
        return quote if quote.slack < inf or self._affordable(stall, funds) else None

    def _moved(self, stall: Stall, money: Reals, near: Flags, far: float) -> float:
        """Return by how much money the errors of estimates can move a price at most."""
        close = stall.score - far
        if 16 * close <= far:
            return 2 * self.error * close
        # Only who has something left and may have to give all of it can move the price.
        bound = near & (money > 0)
        return 2 * float((self.errors[stall.rows[bound]] * stall.counts[bound]).sum())

    def _affordable(self, stall: Stall, funds: Reals) -> bool:
        total = float(funds.sum())
        doubt = _ROUNDING * total + self.error * stall.voters
        if total + doubt < stall.cost:
            return False
        return total - doubt >= stall.cost or self.exact_total(stall) >= stall.cost

    def _all_can_pay(self, stall: Stall, money: Reals) -> bool:
        price = stall.cost / stall.score
        rest = money if stall.weights is None else money - price * stall.weights
        least = price if stall.weights is None else 0.0
        heaviest = 1 if stall.weights is None else int(stall.weights.max())
        return float(rest.min()) >= least + self.error + 8 * TINY * price * heaviest

    def hopeless(self, market: Market) -> list[Stall]:
        """Return projects whose supporters certainly cannot pay them any more."""
        totals = self._totals(market)
        return [
            stall
            for stall, total in zip(market.stalls, totals, strict=True)
            if total * (1 + (len(stall.rows) + 4) * TINY) + self.error * stall.voters < stall.cost
        ]

    def _totals(self, market: Market) -> list[float]:
        """Return about what the supporters of every project have left together."""
        if market.marks > _MANY:
            return [float((self.money[s.rows] * s.counts).sum()) for s in market.stalls]
        flat = market.flat
        totals: list[float] = np.add.reduceat(
            self.money[flat.rows] * flat.counts, flat.starts
        ).tolist()
        return totals

    def exact_total(self, stall: Stall) -> Fraction:
        """Return exactly what the supporters have left together."""
        self.settle()
        return self.ledger.total(stall)

    def exact_price(self, quote: Quote) -> Fraction:
        """Return exactly what one value of this project costs; it must be affordable."""
        if quote.sure:
            return Fraction(quote.stall.cost, quote.stall.score * quote.stall.value)
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
        money = None if quote.sure else self.money[stall.rows]
        self._pending.append(_Purchase(stall, money, self.error, low))
        if quote.slack > CLOSE * quote.price:
            self.settle()
            return self.ledger.prices[-1]
        heaviest = 1 if stall.weights is None else int(stall.weights.max())
        doubt = quote.slack * heaviest + TINY * float(self.ledger.endowment)
        margin = self.errors[stall.rows] + doubt
        self.errors[stall.rows] = margin
        self.error = max(self.error, float(margin.max()))
        self._pay(stall, quote.price, margin)
        if self.error > _STALE * float(self.ledger.endowment):
            self.settle()
        return None

    def _pay(self, stall: Stall, price: float, margin: Reals) -> None:
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
        for one in self._pending:
            if one.money is None:
                price = Fraction(one.stall.cost, one.stall.score)
                poor = np.zeros(len(one.stall.rows), dtype=bool)
            else:
                price, poor = self.ledger.solve(one.stall, one.money, one.error, one.low)
                self.ledger.mark_empty(one.stall.rows[poor & (one.money <= 2 * one.error)])
            self.ledger.add(one.stall, price, poor)
        self._pending.clear()
        self._renew()

    def _renew(self) -> None:
        ledger = self.ledger
        for at in range(self._renewed, len(ledger.prices)):
            price, (payers, weights) = ledger.prices[at], ledger.payers[at]
            self._plain[payers] -= float(price) if weights is None else float(price) * weights
        self._renewed = len(ledger.prices)
        self.error = (3 * len(ledger.prices) + 2) * TINY * float(ledger.endowment)
        np.maximum(self._plain, self.error, out=self.money)
        self.money[ledger.empty] = 0.0
        self.errors.fill(self.error)


def _bounded(stall: Stall, price: float, start: float, far: float, doubt: float) -> Quote:
    """Put certain bounds around a price, given by how much money the estimate may be wrong.

    :param far: the score of supporters who certainly have more than the price.
    """
    slack = doubt / far * (1 + 64 * TINY) if far > 0 else inf
    # Whoever is far above the price pays it in full up to the upper end: then that is certain.
    certain = slack <= CLOSE * price
    low = max(price - slack, start) / stall.value * (1 - 4 * TINY)
    high = (price + slack) / stall.value * (1 + 4 * TINY) if certain else inf
    return Quote(stall, price, slack if certain else inf, low, high)


def _newton(stall: Stall, money: Reals, funds: Reals, start: float) -> tuple[float, float, float]:
    price = max(start, 0.0)
    while True:
        poor = _poorer(stall, money, price, 0.0)
        poor_funds = float(funds.dot(poor) if len(funds) <= _FEW else funds[poor].sum())
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
    """Return the score of the chosen supporters; whole, and so exact below 2**53."""
    return float(np.count_nonzero(chosen) if stall.plain else stall.mass.dot(chosen))
