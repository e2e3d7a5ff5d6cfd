"""How many more ballots a project needed under Equal Shares: proven numbers and counted ones."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.plugins.equal_shares import pb_register_voting_methods
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.searching import search
from pb_engine.tallying.shortfall import ballots_short
from pb_engine.testing.builders import an_election
from tests.tallying.elections import drawn, elections

(METHOD,) = pb_register_voting_methods()
SETTINGS = [
    {"completion": "none"},
    {"completion": "greedy"},
    {"completion": "add1", "step": 10},
    {"completion": "add1_greedy", "step": 3},
    {"completion": "add1_greedy", "step": 20, "variant": "pabutools"},
    {"completion": "none", "utility": "cardinality"},
    {"completion": "add1", "step": 10, "utility": "cardinality"},
    {"completion": "overspending"},
    {"completion": "greedy", "comparison": "satisfaction"},
]


def by_counting(election, project, chosen, most):
    return ballots_short(election, project, lambda one: METHOD.tally(one, chosen), most).ballots


@pytest.mark.parametrize("given_settings", SETTINGS, ids=str)
@drawn(25)
@given(election=elections(max_projects=5, max_ballots=8), which=st.integers(0, 4))
def test_the_search_finds_what_counting_every_number_finds(given_settings, election, which):
    assume(which < len(election.projects) and election.profile.voters)
    project = election.projects[which].id
    chosen = METHOD.settings_schema().load(given_settings)
    found = search(Market.of(election, chosen), chosen, which, 8, 9)
    assert found.ballots == by_counting(election, project, chosen, 8)


def test_most_numbers_are_proven_and_not_counted():
    election = an_election({"a": 60_000, "b": 50_000, "c": 40_000}, 100_000, [*"aabb"] * 40 + ["c"])
    chosen = METHOD.settings_schema().load({"completion": "none"})
    found = search(Market.of(election, chosen), chosen, 2, 200, 10)
    assert found.ballots == by_counting(election, "c", chosen, 200)
    assert found.ballots > 100
    assert found.counted <= 2


def test_a_search_that_runs_out_of_counts_says_how_far_it_came():
    election = an_election({"a": 50, "b": 50, "c": 50}, 100, ["a", "b"] * 9)
    chosen = METHOD.settings_schema().load({"completion": "overspending"})
    found = search(Market.of(election, chosen), chosen, 2, 100, 5)
    assert (found.ballots, found.tried, found.counted) == (None, 4, 5)
