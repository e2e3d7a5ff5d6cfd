"""Who pays what: a division of costs over ballots, in whole parts of a cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pb_engine.api.counting import Whole
from pb_engine.plugins.maximin_support.crowd import Crowd


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """What the ballots pay for each chosen project.

    :ivar parts: how many parts make a cent.
    :ivar paid: per project, in the order of choosing: parts, per ballot that supports it.
    """

    parts: int
    paid: Mapping[int, Whole]

    def choosing(self, crowd: Crowd, at: int) -> Division:
        """Return the division with one more project, for which nobody pays yet."""
        nothing = np.zeros(len(crowd.rows[at]), dtype=crowd.exact)
        return Division(self.parts, {**self.paid, at: nothing})

    def in_parts(self, parts: int) -> dict[int, Whole]:
        """Return the payments in other parts, rounded down."""
        if parts == self.parts:
            return {at: paid.copy() for at, paid in self.paid.items()}
        return {at: self._rescaled(paid, parts) for at, paid in self.paid.items()}

    def _rescaled(self, paid: Whole, parts: int) -> Whole:
        """Whole cents and the rest apart, so that no product leaves 64 bits."""
        cents = paid // self.parts
        rest = paid - cents * self.parts
        return cents * parts + rest * parts // self.parts


def portions(values: Whole, amount: int, total: int) -> Whole:
    """Take an amount from values, about in proportion, so that no value is emptied needlessly.

    :param total: the sum of the values, at least ``amount``.
    """
    if amount == total:
        return values.copy()
    if values.dtype == object:
        taken = values * amount // total
    else:
        # A float only suggests; what it misses is made up for in whole numbers.
        taken = np.minimum((values * (amount / total)).astype(np.int64), values)
    missing = amount - int(taken.sum())
    if missing > 0:
        taken += _first(values - taken, missing)
    elif missing < 0:
        taken -= _first(taken, -missing)
    return taken


def _first(values: Whole, amount: int) -> Whole:
    """Take an amount from the first values that have something."""
    before = np.cumsum(values) - values
    taken: Whole = np.minimum(values, np.maximum(amount - before, 0))
    return taken
