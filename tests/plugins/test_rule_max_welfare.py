"""The voting method ``max_welfare``."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import ClassVar

import pytest
from hypothesis import given

from pb_engine.api import Ballot, BallotFormat, Profile, TallyRefused
from pb_engine.api.counting import check_outcome
from pb_engine.plugins.max_welfare import knapsack, pb_register_voting_methods
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.tallying.elections import elections, plain
from tests.tallying.real_files import FOLDER, names, reference

(METHOD,) = pb_register_voting_methods()
UTILITIES = ("cost", "cardinality")


def count(election, **given_settings):
    settings = METHOD.settings_schema().load(given_settings)
    return check_outcome(election, METHOD.tally(election, settings))


def with_votes(election, project, number):
    """The same election with further ballots for one project alone."""
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    ballots += [Ballot.choosing(BallotFormat.APPROVAL, [project])] * number
    return replace(election, profile=Profile.of(ballots))


def textbook(costs, budget, ballots, lot, utility):
    """Every list that fits, one by one; of equal ones the one with the earliest projects."""
    votes = {p: sum(ballot.get(p, 0) for ballot in ballots) for p in costs}
    supported = [p for p in lot if votes[p] > 0]
    fitting = (
        some
        for size in range(len(supported) + 1)
        for some in combinations(supported, size)
        if sum(costs[p] for p in some) <= budget
    )

    def key(some):
        welfare = sum(votes[p] * (costs[p] if utility == "cost" else 1) for p in some)
        return welfare, [p in some for p in lot]

    return set(max(fitting, key=key))


class TestMaxWelfareKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestMaxWelfareByCardinalityKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"utility": "cardinality", "by": "votes"}


@pytest.mark.parametrize("utility", UTILITIES)
@pytest.mark.parametrize("ballot_format", [BallotFormat.APPROVAL, BallotFormat.POINTS])
def test_it_is_the_textbook_rule(utility, ballot_format):
    @given(elections(ballot_format, max_projects=8))
    def check(election):
        assert set(count(election, utility=utility).selected) == textbook(*plain(election), utility)

    check()


def lowered(election):
    """The same election after every grade became two less; some totals are below 0 then."""
    _, _, ballots, _ = plain(election)
    lower = [{project: grade - 2 for project, grade in ballot.items()} for ballot in ballots]
    return replace(election, profile=graded(lower))


def graded(grades):
    return Profile.of(Ballot.weighing(BallotFormat.SCORE, one) for one in grades)


@pytest.mark.parametrize("utility", UTILITIES)
@given(election=elections(BallotFormat.SCORE).map(lowered))
def test_a_total_below_0_is_never_funded_and_the_missing_points_are_exact(utility, election):
    outcome = count(election, utility=utility)
    assert set(outcome.selected) == textbook(*plain(election), utility)
    _, _, grades, _ = plain(election)
    for decision in outcome.decisions:
        short = decision.facts.get("votes_short")
        for more in () if short is None else (short - 1, short):
            again = replace(election, profile=graded([*grades, {decision.project: more}]))
            selected = count(again, utility=utility).selected
            assert (decision.project in selected) == (more == short)


def test_a_project_that_takes_more_than_it_gives_is_in_no_best_list():
    empty = an_election({"a": 10, "b": 10, "free": 0}, 100, [])
    outcome = count(replace(empty, profile=graded([{"a": 5, "b": -3, "free": -2}])))
    assert outcome.selected == ("a",)
    assert outcome.facts["welfare"] == 50
    assert outcome.decision("b").facts["votes_short"] == 4
    assert outcome.decision("free").facts["votes_short"] == 3


@pytest.mark.parametrize("utility", UTILITIES)
@given(election=elections())
def test_the_missing_votes_are_exactly_enough(utility, election):
    for decision in count(election, utility=utility).decisions:
        short = decision.facts.get("votes_short")
        if short is None:
            continue
        enough = with_votes(election, decision.project, short)
        assert decision.project in count(enough, utility=utility).selected
        fewer = with_votes(election, decision.project, short - 1)
        assert decision.project not in count(fewer, utility=utility).selected


@given(elections())
def test_a_further_vote_for_a_funded_project_does_not_harm_it(election):
    for project in count(election).selected:
        assert project in count(with_votes(election, project, 1)).selected


@given(elections())
def test_nothing_with_support_still_fits(election):
    outcome = count(election)
    for decision in outcome.decisions:
        (project,) = [p for p in election.projects if p.id == decision.project]
        if decision.reason == "in_no_best_list":
            assert project.cost > outcome.facts["left"]


@pytest.mark.parametrize("utility", UTILITIES)
@pytest.mark.parametrize("name", names(20_000))
def test_real_elections_reach_the_welfare_of_the_reference(name, utility):
    key = {"cost": "maxwelfare_cost", "cardinality": "maxwelfare_card"}[utility]
    expected = reference(name)["pabutools_exact", key]
    election = read_pabulib((FOLDER / f"{name}.pb").read_bytes()).election
    outcome = count(election, utility=utility, by="votes")
    worth = {decision.project: decision.facts["worth"] for decision in outcome.decisions}
    assert outcome.facts["welfare"] == sum(worth[project] for project in expected["selected"])


def test_a_pair_can_beat_the_favourite():
    election = an_election({"a": 700, "b": 500, "c": 500}, 1000, ["abc", "ab", "ac", "bc"])
    outcome = count(election, utility="cardinality")
    assert set(outcome.selected) == {"b", "c"}
    assert outcome.decision("a").facts == {
        "score": 3,
        "worth": 3,
        "best_with": 3,
        "votes_short": 3,
    }


def test_an_exact_tie_falls_by_the_lot_and_is_named():
    outcome = count(an_election({"a": 70, "b": 70}, 100, ["a", "b"], lot=["b", "a"]))
    assert outcome.selected == ("b",)
    assert outcome.decision("b").tied_with == ("a",)
    assert outcome.decision("a").tied_with == ("b",)


def test_a_free_project_needs_one_supporter():
    outcome = count(an_election({"a": 0, "b": 0}, 0, ["a"]))
    assert outcome.selected == ("a",)
    assert outcome.decision("b").facts["votes_short"] == 1


def test_a_search_that_grows_too_large_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(knapsack, "MOST_LISTS", 3)
    costs = {f"p{at}": 1000 + 37 * at for at in range(12)}
    with pytest.raises(TallyRefused) as refused:
        count(an_election(costs, 5000, [list(costs)]))
    assert refused.value.sentence == (
        "maximum welfare has too many combinations of almost equal worth here; "
        "choose another rule or another utility"
    )


def test_exactly_as_many_lists_as_allowed_are_looked_through(monkeypatch):
    """Of two projects that exclude each other one list at a time can still be better."""
    monkeypatch.setattr(knapsack, "MOST_LISTS", 1)
    assert count(an_election({"a": 60, "b": 60}, 100, ["ab"])).selected == ("a",)


def test_the_lot_decides_where_a_float_could_not_tell_two_lists_apart():
    """Above sixty other projects in the lot, two lists differ in less than a float holds."""
    others = {f"p{at}": 10 for at in range(60)}
    election = an_election({**others, "x": 50, "z": 100, "y": 50}, 100, ["xyz"])
    assert count(election).selected == ("x", "y")


def test_the_whole_outcome_of_a_small_count():
    costs = {"a": 100, "b": 40, "c": 60, "d": 101, "e": 10}
    outcome = count(an_election(costs, 100, [*"bbcccdddda"]), utility="cardinality")
    assert (outcome.method, outcome.version) == ("max_welfare", "1")
    assert outcome.selected == ("c", "b")
    assert outcome.facts == {"budget": 100, "left": 0, "welfare": 5}
    assert [(d.project, d.reason, d.voters) for d in outcome.decisions] == [
        ("c", "in_best_list", 3),
        ("b", "in_best_list", 2),
        ("d", "over_budget", 4),
        ("a", "in_no_best_list", 1),
        ("e", "no_supporters", 0),
    ]


def test_only_those_that_could_be_exchanged_are_tied():
    costs = {"b": 50, "c": 50, "e": 50, "x": 100}
    outcome = count(an_election(costs, 100, [*"bbcceexxx"]), utility="cardinality")
    tied = {decision.project: decision.tied_with for decision in outcome.decisions}
    assert tied == {"b": (), "c": ("e",), "e": ("c",), "x": ()}


@pytest.mark.parametrize(
    ("ballot_format", "chosen", "scores"),
    [
        (BallotFormat.POINTS, {}, {"a": 3, "b": 3}),
        (BallotFormat.POINTS, {"by": "votes"}, {"a": 2, "b": 2}),
        (BallotFormat.RANKING, {}, {"a": 3, "b": 3}),
        (BallotFormat.RANKING, {"places": 1}, {"a": 1, "b": 1}),
    ],
)
def test_the_settings_say_what_a_mark_weighs(ballot_format, chosen, scores):
    election = an_election({"a": 1, "b": 1}, 2, ["ab", "ba"], ballot_format=ballot_format)
    outcome = count(election, **chosen)
    assert {d.project: d.facts["score"] for d in outcome.decisions} == scores


def test_the_explanation_compares_the_two_best_lists():
    election = an_election(
        {"a": 70_000, "b": 50_000, "c": 50_000}, 100_000, ["abc", "ab", "ac", "bc"]
    )
    settings = METHOD.settings_schema().load({"utility": "cardinality"})
    why = METHOD.explain(election, METHOD.tally(election, settings), settings)["a"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: zonder dit idee was er met hetzelfde budget een combinatie "
        "met meer steun. Het kwam 3 stemmen tekort."
    )
    assert why.steps[1].nl == (
        "De beste combinatie telt samen 6 stemmen. De beste combinatie met dit idee erin telt "
        "3 stemmen."
    )
