"""How many more ballots a project needed under Equal Shares: proven numbers and counted ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.ballots import BallotFormat
from pb_engine.plugins.equal_shares import lacking, pb_register_voting_methods
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.searching import Short, search
from pb_engine.tallying import Profile, Project
from pb_engine.tallying.shortfall import ballots_short
from pb_engine.testing.builders import an_election
from tests.tallying.elections import drawn, elections

(METHOD,) = pb_register_voting_methods()
CROWD, CENTS = st.integers(1, 6), st.integers(0, 9)
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


@st.composite
def crowds(draw):
    """Elections in which many voters agree, so that projects lack more than a few ballots."""
    election = draw(elections(max_projects=4, max_ballots=5))
    ballots = [
        ballot for ballot, times in election.profile.groups for _ in range(times * draw(CROWD))
    ]
    projects = [Project(one.id, one.cost + draw(CENTS)) for one in election.projects]
    return replace(election, profile=Profile.of(ballots), projects=tuple(projects))


@pytest.mark.parametrize(
    "given_settings",
    [
        {"completion": "none"},
        {"completion": "greedy"},
        {"completion": "add1", "step": 2},
        {"completion": "add1_greedy", "step": 2},
        {"completion": "add1_greedy", "step": 7, "utility": "cardinality"},
    ],
    ids=str,
)
@drawn(40)
@given(election=crowds(), which=st.integers(0, 3))
def test_the_search_is_right_where_many_ballots_are_missing(given_settings, election, which):
    assume(which < len(election.projects) and election.profile.voters)
    project = election.projects[which].id
    chosen = METHOD.settings_schema().load(given_settings)
    found = search(Market.of(election, chosen), chosen, which, 16, 17)
    assert found.ballots == by_counting(election, project, chosen, 16)


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


def told(election, project, **given_settings):
    """What the explanation of a project says about missing ballots, in Dutch and in English."""
    chosen = METHOD.settings_schema().load({"completion": "none", **given_settings})
    steps = METHOD.explain(election, METHOD.tally(election, chosen), chosen)[project].steps
    return [(step.nl, step.en) for step in steps if "erbij" in step.nl]


def test_one_missing_ballot_is_said_with_the_purchase_that_it_makes():
    ballots = [*"aaabbcc"]
    election = an_election({"a": 60_000, "b": 40_000, "c": 30_000}, 100_000, ballots)
    assert told(election, "c", completion="greedy") == [
        (
            (
                "Er was 1 stem te weinig: met 1 stem erbij voor alleen dit idee krijgt het geld, "
                "met 0 niet."
            ),
            (
                "It was 1 ballot short: with 1 ballot more for this project alone it is funded, "
                "with 0 it is not."
            ),
        ),
        (
            (
                "Natellen kan: met die stemmen erbij en € 125 per stem is het aankoop 1, "
                "voor € 100 per stem."
            ),
            (
                "To check it: with those ballots and €125 per ballot it is purchase 1, "
                "at €100 per ballot."
            ),
        ),
    ]


def test_several_missing_ballots_and_a_later_purchase_are_said_too():
    election = an_election({"a": 30_000, "b": 40_000}, 100_000, ["a"] * 5 + ["b"])
    assert told(election, "b") == [
        (
            (
                "Er waren 3 stemmen te weinig: met 3 stemmen erbij voor alleen dit idee krijgt het "
                "geld, met 2 niet."
            ),
            (
                "It was 3 ballots short: with 3 ballots more for this project alone it is funded, "
                "with 2 it is not."
            ),
        ),
        (
            (
                "Natellen kan: met die stemmen erbij en ongeveer € 111,11 per stem is het "
                "aankoop 2, voor € 100 per stem."
            ),
            (
                "To check it: with those ballots and about €111.11 per ballot it is "
                "purchase 2, at €100 per ballot."
            ),
        ),
    ]


def test_a_project_that_would_fit_into_what_is_left_is_told_so():
    ballots = ["a", "a", "a", "b", "c", "c"]
    election = an_election({"a": 50, "b": 70, "c": 50}, 100, ballots, lot=["c", "b", "a"])
    assert told(election, "b", completion="greedy")[1:] == [
        (
            "Natellen kan: met die stemmen erbij past het in het geld dat overblijft.",
            "To check it: with those ballots it fits into the money that is left.",
        )
    ]


def test_a_project_that_no_number_helps_is_told_how_many_were_tried():
    election = an_election({"a": 90_000, "b": 40_000}, 100_000, ["a", "a", "b", "b"])
    assert told(election, "a") == [
        (
            "Ook met 4 stemmen erbij, alleen voor dit idee, krijgt het geen geld.",
            "Even with 4 ballots more for this project alone it is not funded.",
        )
    ]
    alone = an_election({"a": 100, "b": 90}, 100, ["a"], lot=["a", "b"])
    assert told(alone, "b") == [
        (
            "Ook met 1 stem erbij, alleen voor dit idee, krijgt het geen geld.",
            "Even with 1 ballot more for this project alone it is not funded.",
        )
    ]


def searched(election, **given_settings):
    chosen = METHOD.settings_schema().load({"completion": "none", **given_settings})
    return lacking.lacked(election, METHOD.tally(election, chosen), chosen)


def test_every_project_that_was_not_funded_is_searched_for_except_what_costs_too_much():
    election = an_election({"a": 50, "b": 90, "c": 101, "d": 40}, 100, ["a", "a", "a", "b", "c"])
    assert set(searched(election)) == {"b", "d"}
    assert searched(election)["d"].ballots == 4
    assert searched(election)["b"].tried == 5


def test_nobody_searches_for_weighing_formats_or_where_greedy_was_kept():
    election = an_election({"a": 50, "b": 90}, 100, ["a", "b"], ballot_format=BallotFormat.POINTS)
    assert searched(election) == {}
    ballots = ["ax", "ax", "ax", "x", "b", "b", "c"]
    replaced = an_election({"a": 60, "x": 95, "b": 25, "c": 10}, 100, ballots)
    assert searched(replaced, comparison="exclusion") == {}
    kept = an_election({"a": 50, "b": 100}, 100, ["a", "b"])
    assert set(searched(kept, comparison="satisfaction")) == {"b"}


@pytest.mark.parametrize(
    ("limit", "enough", "short"),
    [("SEARCHED", 2, 1), ("_PROJECTS", 2, 1), ("_COUNTS", 1, 0), ("_TRIES", 1, 0)],
)
def test_only_small_elections_are_searched_unasked(monkeypatch, limit, enough, short):
    election = an_election({"a": 60, "b": 90}, 100, ["a", "a", "a", "b"])
    monkeypatch.setattr(lacking, limit, enough)
    assert any(one.counted for one in searched(election, completion="overspending").values())
    monkeypatch.setattr(lacking, limit, short)
    assert not any(one.counted for one in searched(election, completion="overspending").values())


def test_the_counts_that_are_left_are_shared_by_all_projects(monkeypatch):
    costs = {"a": 60, "b": 90, "c": 90, "d": 90}
    election = an_election(costs, 100, ["a", "a", "a", "b", "c", "d"])
    monkeypatch.setattr(lacking, "_COUNTS", 5)
    monkeypatch.setattr(lacking, "_TRIES", 3)
    found = searched(election, completion="overspending")
    assert [one.counted for one in found.values()] == [3, 2]


def test_a_project_is_searched_for_after_an_endowment_that_rose():
    election = an_election({"a": 500, "b": 600}, 1000, ["a"] * 5 + ["b"])
    found = searched(election, completion="add1")
    assert found.keys() == {"b"}
    chosen = METHOD.settings_schema().load({"completion": "add1"})
    assert found["b"].ballots == by_counting(election, "b", chosen, 6)


@pytest.mark.parametrize("tried", [-1, 0])
def test_a_search_that_tried_no_further_ballot_says_nothing(tried):
    assert lacking.sentences(Short(None, tried, 1), 0, None) == []
