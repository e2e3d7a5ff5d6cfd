"""What every ballot has left, exactly, without one big number per ballot.

A ballot that could always pay its part has the endowment minus the prices of what it paid for.
A ballot that once paid all it had left has nothing, for ever.  So a sum over ballots is a sum
over prices, each counted as often as it was paid: a few dozen exact numbers instead of as many
as there are ballots.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

import numpy as np

from pb_engine.plugins.equal_shares.archive import Archive
from pb_engine.plugins.equal_shares.market import Flags, Reals, Stall, Whole

TINY = 2.0**-52
"""Twice the rounding error of one operation on reals, relative."""
_RECENT = 64
_AT_ONCE = 2_000_000


class Ledger:
    """Exact prices of what was bought, and who paid them in full.

    :ivar prices: what one mark of weight 1 paid in each purchase, in cents.
    :ivar emptied: for each purchase: the ballots that paid all they had.
    :ivar paid: for each purchase how many ballots paid in full, and how many all they had.
    """

    def __init__(self, endowment: Fraction, ballots: int) -> None:
        self.endowment = endowment
        self.prices: list[Fraction] = []
        self.empty = np.zeros(ballots, dtype=bool)
        self.paid: list[tuple[int, int]] = []
        self._payers: list[tuple[Whole, Whole | None]] = []
        self.emptied: list[Whole] = []
        self._emptied_at = np.full(ballots, -1, dtype=np.int64)
        self._archive = Archive.empty(ballots)
        self._unit = endowment.denominator
        self._numerators: list[int] = []
        self._scratch = np.zeros(ballots, dtype=np.int64)

    @property
    def payers(self) -> list[tuple[Whole, Whole | None]]:
        """Return for each purchase the ballots that paid in full, with their weights."""
        return self._payers

    def total(self, stall: Stall) -> Fraction:
        """Return the money that all supporters have left together."""
        return self._sum(stall, ~self.empty[stall.rows])

    def spent(self, stall: Stall) -> list[Fraction]:
        """Return for each purchase what the supporters of a project paid, in cents."""
        spent = [Fraction(0)] * len(self.prices)
        for at, count in self._counts(stall.rows, stall.times):
            spent[at] = self.prices[at] * count
        emptied = self._emptied_at[stall.rows]
        for at in sorted(set(emptied[emptied >= 0].tolist())):
            mine = emptied == at
            rows, times = stall.rows[mine], stall.times[mine]
            earlier = [pair for pair in self._counts(rows, times) if pair[0] < at]
            gave = sum(count * self.prices[before] for before, count in earlier)
            spent[at] += self.endowment * int(times.sum()) - gave
        return spent

    def solve(self, stall: Stall, money: Reals, error: float, low: float) -> tuple[Fraction, Flags]:
        """Return the exact price per weight, and which supporters cannot pay it in full.

        Newton's method from below: whoever is poorer than a price that is too low is poorer than
        the right one, so the poor only become more, and the last price is the exact one.

        :param money: estimates of what the supporters have, none further off than ``error``.
        :param low: a price that is not too high.
        """
        weights: Whole | int = 1 if stall.weights is None else stall.weights
        poor: Flags = money + error < low * weights * (1 - 4 * TINY)
        while True:
            rich_score = stall.score - _score(stall, poor)
            alive = poor & ~self.empty[stall.rows]
            price = (stall.cost - self._sum(stall, alive)) / rich_score
            more = self._poorer(stall, money, error, price) & ~poor
            if not more.any():
                return price, poor
            poor |= more

    def mark_empty(self, rows: Whole) -> None:
        """Remember which of these ballots have exactly nothing left, having paid in full."""
        rows = rows[~self.empty[rows]]
        if len(rows):
            broke = [at for at, left in enumerate(self._each(rows)) if not left]
            self.empty[rows[broke]] = True

    def add(self, stall: Stall, price: Fraction, poor: Flags) -> None:
        """Enter a purchase: the poor pay all they have, the others the price."""
        gave_all = poor & ~self.empty[stall.rows]
        rich = ~poor
        times = stall.times
        self.paid.append((int(times[rich].sum()), int(times[gave_all].sum())))
        self.empty[stall.rows[poor]] = True
        self.emptied.append(stall.rows[gave_all])
        self._emptied_at[stall.rows[gave_all]] = len(self.prices)
        weights = None if stall.weights is None else stall.weights[rich]
        self._payers.append((stall.rows[rich], weights))
        self.prices.append(price)
        factor = lcm(self._unit, price.denominator) // self._unit
        if factor > 1:
            self._unit *= factor
            self._numerators = [number * factor for number in self._numerators]
        self._numerators.append(price.numerator * (self._unit // price.denominator))

    def _sum(self, stall: Stall, chosen: Flags) -> Fraction:
        rows, times = stall.rows[chosen], stall.times[chosen]
        if not len(rows):
            return Fraction(0)
        paid = sum(count * self._numerators[at] for at, count in self._counts(rows, times))
        return self.endowment * int(times.sum()) - Fraction(paid, self._unit)

    def _counts(self, rows: Whole, times: Whole) -> Iterator[tuple[int, int]]:
        """Yield purchases with how often (by weight) these ballots paid them in full."""
        if len(self._payers) >= 2 * _RECENT + self._archive.purchases:
            self._archive = self._archive.grown(self._payers)
        yield from self._archive.counts(rows, times)
        self._scratch[rows] = times
        for at in range(self._archive.purchases, len(self._payers)):
            payers, weights = self._payers[at]
            if count := int(_count(self._scratch[payers], weights)):
                yield at, count
        self._scratch[rows] = 0

    def _poorer(self, stall: Stall, money: Reals, error: float, price: Fraction) -> Flags:
        weights: Whole | int = 1 if stall.weights is None else stall.weights
        asked = float(price) * weights
        slack = error + 8 * TINY * asked
        poorer: Flags = money < asked - slack
        empty = self.empty[stall.rows]
        close = np.flatnonzero(~poorer & ~empty & (money <= asked + slack))
        poorer |= empty
        if len(close):
            poorer[close] = [
                exact < price * (1 if stall.weights is None else int(stall.weights[at]))
                for at, exact in zip(close.tolist(), self._each(stall.rows[close]), strict=True)
            ]
        return poorer

    def _each(self, rows: Whole) -> list[Fraction]:
        """Return exactly what each of these ballots has left."""
        size = max(1, _AT_ONCE // max(1, len(self._payers)))
        return [
            left
            for start in range(0, len(rows), size)
            for left in self._each_of(rows[start : start + size])
        ]

    def _each_of(self, rows: Whole) -> list[Fraction]:
        """Return the same for few ballots; equal histories are added once."""
        where = self._scratch
        where[rows] = np.arange(1, len(rows) + 1)
        paid = np.zeros((len(rows), len(self._payers)), dtype=np.int64)
        for purchase, (payers, weights) in enumerate(self._payers):
            at = where[payers]
            hit = at > 0
            paid[at[hit] - 1, purchase] = 1 if weights is None else weights[hit]
        where[rows] = 0
        histories, which = np.unique(paid, axis=0, return_inverse=True)
        left = [
            self.endowment - Fraction(sum(map(int.__mul__, history, self._numerators)), self._unit)
            for history in histories.tolist()
        ]
        return [left[at] for at in which.ravel().tolist()]


def _count(times: Whole, weights: Whole | None) -> int:
    return int(times.sum()) if weights is None else int(times @ weights)


def _score(stall: Stall, chosen: Flags) -> int:
    weights = None if stall.weights is None else stall.weights[chosen]
    return _count(stall.times[chosen], weights)
