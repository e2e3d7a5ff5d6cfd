"""What every distinct ballot gets out of an outcome."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pb_engine.tallying.columns import Support, Whole
from pb_engine.tallying.election import Election

LARGEST = 2**62
"""Sums beyond this leave the machine's whole numbers; Python's own take over."""


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """Columns by distinct ballot.

    :ivar times: how often each ballot was cast.
    :ivar number: how many funded projects it supports.
    :ivar money: what these projects cost together, in the election's smallest unit.
    """

    times: Whole
    number: Whole
    money: Whole


def supporters(support: Support, at: int) -> Whole:
    """Return which distinct ballots support a project: marks of weight zero do not."""
    weights = support.weights[at]
    return support.rows[at] if weights is None else support.rows[at][weights > 0]


def gains_of(election: Election, funded: Collection[str]) -> Gains:
    """Add up per distinct ballot what it supports and what is funded."""
    support = election.support
    number = np.zeros(len(support.times), dtype=np.int64)
    money: Whole = np.zeros(len(support.times), dtype=_kind(election.budget))
    for at, project in enumerate(election.projects):
        if project.id in funded:
            rows = supporters(support, at)
            number[rows] += 1
            money[rows] += project.cost
    return Gains(support.times, number, money)


def _kind(budget: int) -> type:
    return np.int64 if budget < LARGEST else object


def total(values: Whole, times: Whole) -> int:
    """Return the sum of ``values`` over all ballots, exactly."""
    return sum(value * number for value, number in tally_of(values, times))


def gini(values: Whole, times: Whole) -> Fraction:
    """Return how unequal values are over all ballots: 0 is equal, nearly 1 is all with one.

    The coefficient of Gini: the mean difference between two ballots by twice the mean.
    """
    before, weighed, whole = 0, 0, 0
    for value, number in tally_of(values, times):
        # The ranks from before + 1 to before + number, added up twice.
        weighed += value * number * (2 * before + number + 1)
        whole += value * number
        before += number
    if not whole:
        return Fraction(0)
    return Fraction(weighed, before * whole) - Fraction(before + 1, before)


def tally_of(values: Whole, times: Whole) -> list[tuple[int, int]]:
    """Return every value with the number of ballots that have it, in rising order."""
    found, place = np.unique(values, return_inverse=True)
    numbers = np.zeros(len(found), dtype=np.int64)
    np.add.at(numbers, place, times)
    return list(zip(found.tolist(), numbers.tolist(), strict=True))
