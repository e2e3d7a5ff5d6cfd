"""The voting method ``equal_shares``."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.ballots import BallotFormat
from pb_engine.plugins.equal_shares import pb_register_voting_methods
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.plugins import equal_shares_textbook
from tests.tallying import textbook
from tests.tallying.elections import drawn, elections, plain

(METHOD,) = pb_register_voting_methods()


def count(election, **given_settings):
    return METHOD.tally(election, METHOD.settings_schema().load(given_settings))


class TestEqualSharesKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestEqualSharesByCardinalityKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"utility": "cardinality", "completion": "none"}


class TestTheOtherAdd1KeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"completion": "add1", "variant": "pabutools"}


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(data=elections())
def test_it_is_the_textbook_rule(utility, data):
    check_textbook(data, utility, by="score")


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(data=elections(BallotFormat.POINTS))
def test_points_weigh_the_utility(utility, data):
    check_textbook(data, utility, by="score")


def check_textbook(election, utility, **more):
    assume(election.profile.voters)
    costs, budget, ballots, lot = plain(election)
    expected = textbook.equal_shares(
        costs, Fraction(budget, len(ballots)), ballots, lot, by_cost=utility == "cost"
    )
    assert list(count(election, utility=utility, completion="none", **more).selected) == expected


WEIGHING = [
    ({"utility": "cost", "by": "score"}, True, True),
    ({"utility": "cardinality", "by": "score"}, False, True),
    ({"utility": "points"}, False, True),
    ({"utility": "borda"}, False, True),
    ({"utility": "cost"}, True, False),
    ({"utility": "cardinality"}, False, False),
]


@pytest.mark.parametrize(("chosen", "by_cost", "weighs"), WEIGHING)
@drawn(40)
@given(election=elections(BallotFormat.RANKING), places=st.integers(0, 4))
def test_rankings_weigh_by_place_where_the_settings_say_so(
    chosen, by_cost, weighs, election, places
):
    """The first of so many places gives so many points; 0 takes the longest ranking."""
    assume(election.profile.voters)
    costs, budget, ranked, lot = plain(election)
    first = places or max(map(len, ranked))
    ballots = [
        {p: max(0, first + 1 - at) if weighs else 1 for p, at in ballot.items()}
        for ballot in ranked
    ]
    share = Fraction(budget, len(ballots))
    expected = textbook.equal_shares(costs, share, ballots, lot, by_cost=by_cost)
    outcome = count(election, completion="none", places=places, **chosen)
    assert list(outcome.selected) == expected


@pytest.mark.parametrize(("chosen", "by_cost", "weighs"), WEIGHING)
@drawn(40)
@given(election=elections(BallotFormat.POINTS))
def test_points_weigh_where_the_settings_say_so(chosen, by_cost, weighs, election):
    assume(election.profile.voters)
    costs, budget, given_points, lot = plain(election)
    ballots = [b if weighs else dict.fromkeys(b, 1) for b in given_points]
    share = Fraction(budget, len(ballots))
    expected = textbook.equal_shares(costs, share, ballots, lot, by_cost=by_cost)
    assert list(count(election, completion="none", **chosen).selected) == expected


@drawn(40)
@given(elections(max_ballots=6))
def test_the_official_add1_is_the_textbook_rule(election):
    assume(election.profile.voters)
    costs, budget, ballots, lot = plain(election)
    expected = textbook.add1_official(costs, budget, ballots, lot, step=25)
    assert list(count(election, completion="add1", step=25).selected) == expected


@pytest.mark.parametrize("variant", ["pabutools", "equalshares"])
@drawn(100)
@given(election=elections(max_ballots=6))
def test_the_other_add1_stop_when_nothing_further_fits(variant, election):
    assume(election.profile.voters)
    whole = variant == "equalshares"
    expected = equal_shares_textbook.add1_until_nothing_fits(*plain(election), whole=whole, step=25)
    outcome = count(election, completion="add1", variant=variant, step=25)
    assert list(outcome.selected) == expected


@pytest.mark.parametrize("variant", ["official", "pabutools", "equalshares"])
@drawn(60)
@given(election=elections(max_ballots=7))
def test_endowments_rise_in_the_steps_of_the_variant(variant, election):
    """From the share itself; in whole steps; or from the share and then in whole steps."""
    assume(election.profile.voters)
    share = Fraction(election.budget, election.profile.voters)
    outcome = count(election, completion="add1", variant=variant, step=17)
    endowment = Fraction(outcome.facts["endowment"])
    whole = endowment % 17 == 0
    if variant == "pabutools":
        assert (endowment - share) % 17 == 0
    elif variant == "official":
        assert endowment == share or (whole and endowment > share - 17)
    else:
        fits = sum(project.cost for project in election.projects) <= election.budget
        assert endowment == share if fits else whole


def test_a_minority_decides_about_its_share():
    """Ten voters, of whom four want something else: greedy would leave them nothing."""
    majority, minority = ["abc"] * 6, ["x"] * 4
    election = an_election({"a": 300, "b": 300, "c": 400, "x": 400}, 1000, majority + minority)
    assert "x" in count(election, completion="none").selected


def test_facts_are_exact_prices():
    election = an_election({"a": 100}, 100, ["a", "a", "a"])
    decision = count(election).decision("a")
    assert decision.facts == {
        "step": 1,
        "price": "100/3",
        "paid_in_full": 3,
        "paid_the_rest": 0,
    }


def test_what_the_supporters_could_carry_is_said_exactly():
    election = an_election({"a": 90, "b": 40}, 100, ["a", "b", "b"])
    outcome = count(election, completion="none")
    assert outcome.selected == ("b",)
    assert outcome.decision("a").facts == {"could_carry": "100/3"}
    assert outcome.decision("b").facts["price"] == 20
    assert outcome.decision("a").reason == "supporters_short"


def test_greedy_completion_spends_what_the_shares_leave():
    election = an_election({"a": 90, "b": 10}, 100, ["a", "b", "b"])
    assert count(election, completion="none").selected == ("b",)
    outcome = count(election, completion="greedy")
    assert outcome.selected == ("b", "a")
    assert outcome.decision("a").reason == "completion"
    assert outcome.facts["left"] == 0


def test_nobody_voted_so_nothing_is_funded():
    outcome = count(an_election({"a": 0, "b": 10}, 100, []))
    assert outcome.selected == ()
    assert {decision.reason for decision in outcome.decisions} == {"no_supporters"}


def test_a_blank_ballot_has_a_share_and_spends_it_on_nothing():
    with_blank = an_election({"a": 60}, 100, ["a", ""])
    assert count(with_blank, completion="none").selected == ()
    assert count(with_blank, completion="none").facts["share"] == 50


def test_a_free_project_needs_one_supporter():
    election = an_election({"a": 0, "b": 0}, 0, ["a"])
    outcome = count(election, completion="none")
    assert outcome.selected == ("a",)
    assert outcome.decision("a").reason == "free"


def test_a_project_above_the_whole_budget_is_never_funded():
    election = an_election({"a": 1000, "b": 10}, 100, ["a", "a", "ab"])
    outcome = count(election)
    assert outcome.decision("a").reason == "over_budget"


def test_an_exact_tie_falls_by_the_lot_and_is_named():
    election = an_election({"a": 70, "b": 70}, 100, ["ab"], lot=["b", "a"])
    outcome = count(election, completion="none")
    assert outcome.selected == ("b",)
    assert outcome.decision("b").tied_with == ("a",)


def test_the_explanation_says_how_much_was_missing():
    election = an_election({"a": 90_000, "b": 40_000}, 100_000, ["a", "a", "b", "b"])
    chosen = METHOD.settings_schema().load({"completion": "none"})
    why = METHOD.explain(election, METHOD.tally(election, chosen), chosen)["a"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 900. De steun van 2 stemmers was samen nog € 500 "
        "waard. Dat is € 400 te weinig."
    )


def test_an_unknown_completion_is_refused_with_the_list_of_known_ones():
    errors = METHOD.settings_schema().validate({"completion": "magic"})
    known = "none, greedy, add1, add1_greedy, overspending, overspending_greedy"
    assert errors == {"completion": [f"Must be one of: {known}."]}
