"""Equal Shares with bounded overspending, and the comparison with the greedy outcome."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import assume, given

from pb_engine.ballots import BallotFormat
from pb_engine.plugins.equal_shares import overspending, pb_register_voting_methods
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.plugins import equal_shares_textbook as textbook
from tests.tallying.elections import drawn, elections, plain
from tests.tallying.real_files import FOLDER, needs_real_files
from tests.tallying.textbook import greedy

(METHOD,) = pb_register_voting_methods()


def count(election, **given_settings):
    return METHOD.tally(election, METHOD.settings_schema().load(given_settings))


class TestOverspendingKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"completion": "overspending_greedy"}


class TestTheComparisonKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"comparison": "satisfaction", "completion": "add1"}


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@drawn(150)
@given(data=elections())
def test_overspending_is_the_textbook_rule(utility, data):
    check_textbook(data, utility)


@drawn(60)
@given(data=elections(BallotFormat.POINTS))
def test_points_weigh_the_utility(data):
    check_textbook(data, "cost")


def check_textbook(election, utility):
    assume(election.profile.voters)
    expected = textbook.overspending(*plain(election), by_cost=utility == "cost")
    outcome = count(election, utility=utility, completion="overspending", by="score")
    assert list(outcome.selected) == expected


@given(elections())
def test_overspending_never_overspends_the_budget(election):
    outcome = count(election, completion="overspending_greedy")
    costs = {project.id: project.cost for project in election.projects}
    assert sum(costs[project] for project in outcome.selected) <= election.budget


def test_supporters_may_leave_a_part_of_the_cost_to_others():
    """Nine of ten want a; without overspending their shares fall short of it by a tenth."""
    election = an_election({"a": 100, "b": 10}, 100, ["a"] * 9 + ["b"])
    assert count(election, completion="none").selected == ("b",)
    outcome = count(election, completion="overspending")
    assert outcome.selected == ("a",)
    assert outcome.decision("a").facts["unpaid"] == 10
    assert outcome.decision("b").reason == "no_room"


def test_of_equal_shares_of_one_project_the_largest_counts():
    """After x two have 1 cent and one has 4: half of a by 1 each is as good as all of it by 4."""
    election = an_election({"x": 12, "a": 6}, 20, ["xa", "xa", "a", "x", "x"])
    outcome = count(election, completion="overspending")
    assert outcome.selected == ("x", "a")
    assert outcome.decision("a").facts == {
        "step": 2,
        "price": 4,
        "paid_in_full": 1,
        "paid_the_rest": 2,
    }


@pytest.mark.parametrize("lot", ["xab", "xba"])
def test_a_part_of_one_project_may_ask_exactly_what_all_of_another_asks(lot):
    """After x two have 1 cent for a (cost 3) and b (cost 4) has 1 and 4: both ask 3/4."""
    election = an_election({"x": 9, "a": 3, "b": 4}, 16, ["xa", "xa", "xb", "b"], lot=list(lot))
    outcome = count(election, completion="overspending")
    assert outcome.selected == tuple(lot)
    assert outcome.decision(lot[1]).tied_with == (lot[2],)
    assert outcome.decision("a").facts["price"] == "3/2"
    assert outcome.decision("a").facts["unpaid"] == 1
    assert outcome.decision("b").facts["price"] == 3


def test_projects_that_ask_exactly_the_same_are_named():
    election = an_election(
        {"a": 100, "b": 100, "c": 100}, 100, ["a", "b", "c"], lot=["c", "a", "b"]
    )
    outcome = count(election, completion="overspending")
    assert outcome.selected == ("c",)
    assert outcome.decision("c").tied_with == ("a", "b")


def test_prices_that_grow_too_long_are_rounded_up_and_still_pay(monkeypatch):
    """A third of a cent, rounded up to a whole part of 2**64, is a little more than a third."""
    election = an_election({"a": 100, "b": 40}, 300, ["a", "a", "ab"])
    exact = count(election, completion="overspending")
    assert exact.decision("a").facts["price"] == "100/3"
    monkeypatch.setattr(overspending, "_LONG", 1)
    rounded = count(election, completion="overspending")
    price = Fraction(rounded.decision("a").facts["price"])
    assert 0 < price - Fraction(100, 3) < Fraction(1, 2**64)
    assert price.denominator <= 2**64
    assert rounded.selected == exact.selected
    assert "unpaid" not in rounded.decision("a").facts


def test_who_paid_says_what_supporters_could_not():
    election = an_election({"a": 100, "b": 10}, 100, ["a"] * 9 + ["b"])
    chosen = METHOD.settings_schema().load({"completion": "overspending"})
    why = METHOD.explain(election, METHOD.tally(election, chosen), chosen)["a"]
    assert why.sentence.nl == (
        "Dit idee krijgt geld: 9 stemmers steunen het en betaalden samen € 0,90 van de € 1 uit hun "
        "deel van het budget."
    )
    assert "paid €0.90 of the €1 together" in why.sentence.en


def test_the_outcome_that_more_ballots_prefer_is_kept():
    """By marks four prefer the dear project of the majority; by exclusion nobody does."""
    ballots = ["ax", "ax", "ax", "x", "b", "b", "c"]
    election = an_election({"a": 60, "x": 95, "b": 25, "c": 10}, 100, ballots)
    outcome = count(election, completion="none", comparison="exclusion")
    assert outcome.facts["kept"] == ("greedy" if outcome.selected == ("x",) else "equal_shares")
    assert outcome.facts["prefer_greedy"] == 4
    assert outcome.selected == ("x",)
    assert outcome.decision("x").reason == "preferred"
    assert outcome.decision("b").facts["left"] == 5


def test_equally_many_ballots_keep_equal_shares():
    election = an_election({"a": 50, "b": 100}, 100, ["a", "b"])
    outcome = count(election, completion="none", comparison="satisfaction")
    assert outcome.facts["prefer_shares"] == outcome.facts["prefer_greedy"]
    assert outcome.facts["kept"] == "equal_shares"


@pytest.mark.parametrize("by", ["satisfaction", "exclusion"])
@drawn(80)
@given(election=elections())
def test_the_comparison_counts_ballots_one_by_one(by, election):
    assume(election.profile.voters)
    costs, budget, ballots, lot = plain(election)
    ours = count(election, completion="none").selected
    free = [p for p in lot if costs[p] == 0 and any(p in ballot for ballot in ballots)]
    theirs = {*free, *greedy(costs, budget, ballots, lot)}
    outcome = count(election, completion="none", comparison=by)
    most = len(costs) if by == "satisfaction" else 1
    likes = [
        (min(most, len(b.keys() & set(ours))), min(most, len(b.keys() & theirs))) for b in ballots
    ]
    assert outcome.facts["prefer_shares"] == sum(one > other for one, other in likes)
    assert outcome.facts["prefer_greedy"] == sum(one < other for one, other in likes)
    wins = outcome.facts["prefer_greedy"] > outcome.facts["prefer_shares"]
    assert set(outcome.selected) == (theirs if wins else set(ours))


@needs_real_files
def test_wieliczka_gets_its_official_outcome_with_the_comparison():
    with (FOLDER / "Poland_Wieliczka_2023_Green_Budget.pb").open("rb") as stream:
        read = read_pabulib(stream)
    assert read.meta["rule"] == "equalshares/add1-comparison"
    outcome = count(read.election, completion="add1", comparison="satisfaction")
    assert set(outcome.selected) == read.selected
    assert outcome.facts["endowment"] == 315 * read.election.unit
    assert outcome.facts["kept"] == "equal_shares"
