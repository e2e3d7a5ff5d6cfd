"""How evenly costs can be shared, against the definition: the dearest set by its supporters."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from pb_engine.plugins.maximin_support.balance import lightest_load
from pb_engine.plugins.maximin_support.crowd import Crowd
from pb_engine.testing.builders import an_election
from tests.tallying.elections import plain

IDS = "abcdefg"


@st.composite
def chains(draw):
    """Projects in a row whose supporters overlap with the next one only.

    Money has to be passed on along the whole row before everybody carries the same.
    """
    neighbours = [IDS[at : at + 2] for at in range(len(IDS))]
    ballots = [
        neighbour for neighbour in neighbours for _ in range(draw(st.sampled_from([1, 1, 2, 5])))
    ]
    costs = {one: draw(st.sampled_from([1, 10, 100, 300])) for one in IDS}
    return an_election(costs, 2000, ballots)


def crowd_of(election, chosen):
    crowd = Crowd.of(election)
    for at in chosen:
        crowd = crowd.choosing(at)
    return crowd


def heaviest_quotient(election):
    costs, _, ballots, _ = plain(election)
    ids = list(costs)
    sets = chain.from_iterable(combinations(ids, size) for size in range(1, len(ids) + 1))
    return max(
        Fraction(
            sum(costs[p] for p in some), sum(1 for ballot in ballots if set(some) & set(ballot))
        )
        for some in sets
    )


@given(chains(), st.permutations(range(len(IDS))))
def test_the_lightest_load_is_the_heaviest_quotient_of_any_set(election, order):
    crowd = crowd_of(election, order)
    assert lightest_load(crowd, Fraction(0), None) == heaviest_quotient(election)
    assert lightest_load(crowd, Fraction(1, 7), None) == heaviest_quotient(election)
