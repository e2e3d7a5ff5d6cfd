"""How many votes bring a project just above another one, against trying every number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from pb_engine.api import Ballot, BallotFormat, Profile, Project
from pb_engine.plugins.greedy.standing import NEVER, Standing
from pb_engine.testing.builders import an_election
from tests.plugins.test_voting_greedy import count

RANKS = (-3, -1, 0, 1, 2, 5)
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


def test_a_free_project_with_a_negative_total_need_not_reach_a_point():
    """With three points more it has 0, and by lot it stands above c, which has 0 too."""
    chosen = {"per_euro": True, "skip": False}
    empty = an_election({"free": 0, "b": 1, "c": 2}, 1, [])
    grades = [Ballot.weighing(BallotFormat.SCORE, {"free": -3, "b": -1})]
    outcome = count(replace(empty, profile=Profile.of(grades)), **chosen)
    assert outcome.decision("free").facts["votes_short"] == 3
    for more in (2, 3):
        further = Ballot.weighing(BallotFormat.SCORE, {"free": more})
        again = count(replace(empty, profile=Profile.of([*grades, further])), **chosen)
        assert ("free" in again.selected) == (more == 3)
