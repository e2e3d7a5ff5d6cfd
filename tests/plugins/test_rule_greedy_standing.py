"""How many votes bring a project just above another one, against trying every number."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from pb_engine.api import Project
from pb_engine.plugins.greedy.standing import NEVER, Standing

RANKS = (0, 1, 2, 3, 5)
PER_EURO = (None, Fraction(1), Fraction(1, 2), Fraction(1, 3))
WEIGHTS = [(1, 1), *product(PER_EURO, PER_EURO)]
ENOUGH = 40
"""More votes than any of these projects needs."""


def standing(rank, weight, lot):
    return Standing(Project(f"p{lot}", 1), rank, rank, lot, rank, weight)


def by_trying(one, other, gain):
    tries = (v for v in range(ENOUGH) if one.with_more(v, gain).key < other.key)
    return next(tries, NEVER)


@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
@pytest.mark.parametrize("gain", [0, 1, 2, 3])
def test_the_least_number_of_votes_is_the_first_that_is_enough(weights, gain):
    for mine, theirs, lots in product(RANKS, RANKS, [(0, 1), (1, 0)]):
        one, other = map(standing, (mine, theirs), weights, lots)
        assert one.short_of(other, gain) == by_trying(one, other, gain), (one, other)
