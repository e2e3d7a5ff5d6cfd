"""How evenly costs can be shared, against the definition: the dearest set by its supporters."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.plugins.maximin_support.balance import lightest_load
from pb_engine.plugins.maximin_support.crowd import Crowd
from pb_engine.testing.builders import an_election
from tests.tallying.elections import plain

IDS = "abcdefg"


TIMES = st.sampled_from([1, 2, 3, 5, 11])
COSTS = st.sampled_from([1, 10, 70, 100, 210, 330])


@st.composite
def neighbours(draw):
    """Supporters share a project with the next group, and with some group elsewhere.

    Money has to be passed on from group to group, back and forth, before all carry the same.
    """
    groups = [set(IDS[at : at + 2]) for at in range(len(IDS) - 1)]
    groups += draw(st.lists(st.sets(st.sampled_from(IDS), min_size=2, max_size=4), max_size=5))
    ballots = [sorted(group) for group in groups for _ in range(draw(TIMES))]
    return an_election({one: draw(COSTS) for one in IDS}, 2000, ballots)


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


@settings(max_examples=100)
@given(neighbours(), st.permutations(range(len(IDS))))
def test_the_lightest_load_is_the_heaviest_quotient_of_any_set(election, order):
    crowd = crowd_of(election, order)
    assert lightest_load(crowd, Fraction(0), None) == heaviest_quotient(election)
    assert lightest_load(crowd, Fraction(1, 7), None) == heaviest_quotient(election)
