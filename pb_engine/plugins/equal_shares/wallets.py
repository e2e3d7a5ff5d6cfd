"""What every ballot has left, exactly, in classes of ballots that have the same amount."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from pb_engine.plugins.equal_shares.market import Market, Reals, Stall, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Backing:
    """The supporters of a project that still have money, one line per amount and weight.

    :ivar classes: which class of ballots a line is about, as a place in ``Wallets.amounts``.
    :ivar weights: what the mark of these ballots weighs.
    :ivar counts: how many ballots there are.
    :ivar line: for each distinct ballot that supports the project: its line; -1 without money.
    """

    classes: Whole
    weights: Whole
    counts: Whole
    line: Whole


class Wallets:
    """Amounts as whole numbers of ``1 / unit`` cents.

    :ivar amounts: what a ballot of each class has left, ascending.
    :ivar reals: the same in cents, rounded once.
    """

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.unit = endowment.denominator
        self.amounts = [endowment.numerator]
        self.reals: Reals = np.array([endowment.numerator / endowment.denominator])
        self._class = np.zeros(market.ballots, dtype=np.int64)

    def backing(self, stall: Stall) -> Backing:
        """Return who could pay for a project."""
        classes = self._class[stall.rows]
        weights = np.ones_like(classes) if stall.weights is None else stall.weights
        base = int(weights.max()) + 1
        keys, line = np.unique(classes * base + weights, return_inverse=True)
        counts = np.bincount(line, weights=stall.counts, minlength=len(keys)).astype(np.int64)
        kinds = keys // base
        # Amounts ascend, so the only class without money comes first.
        poor = int(np.count_nonzero(kinds == 0)) if self.amounts[0] == 0 else 0
        return Backing(kinds[poor:], (keys % base)[poor:], counts[poor:], line - poor)

    def pay(self, stall: Stall, backing: Backing, price: Fraction) -> tuple[Whole, Fraction]:
        """Let every supporter pay the price times the weight, or all that is left.

        :return: the lines that paid all they had, and what was paid altogether.
        """
        unit = lcm(self.unit, price.denominator)
        factor, asked = unit // self.unit, price.numerator * (unit // price.denominator)
        had = [self.amounts[at] * factor for at in backing.classes.tolist()]
        bills = [asked * weight for weight in backing.weights.tolist()]
        paid = [min(pair) for pair in zip(had, bills, strict=True)]
        total = sum(a * n for a, n in zip(paid, backing.counts.tolist(), strict=True))
        self._regroup(stall, backing, factor, [a - b for a, b in zip(had, paid, strict=True)])
        self.unit = unit
        self.reals = np.array([amount / unit for amount in self.amounts])
        emptied = [at for at, pair in enumerate(zip(had, bills, strict=True)) if pair[0] < pair[1]]
        return np.array(emptied, dtype=np.int64), Fraction(total, unit)

    def _regroup(self, stall: Stall, backing: Backing, factor: int, rest: list[int]) -> None:
        """Give the ballots of each line what they have left now, and merge equal classes."""
        payers = backing.line >= 0
        place = self._class.copy()
        place[stall.rows[payers]] = len(self.amounts) + backing.line[payers]
        used, place = np.unique(place, return_inverse=True)
        old = [amount * factor for amount in self.amounts]
        both = old + rest
        amounts = [both[at] for at in used.tolist()]
        self.amounts = sorted(set(amounts))
        rank = {amount: at for at, amount in enumerate(self.amounts)}
        self._class = np.array([rank[amount] for amount in amounts], dtype=np.int64)[place]
