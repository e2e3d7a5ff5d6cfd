"""The voting method ``greedy``."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.plugins.greedy import pb_register_voting_methods
from pb_engine.tallying import Profile
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.tallying import textbook
from tests.tallying.elections import elections, plain

(METHOD,) = pb_register_voting_methods()


def count(election, **settings):
    return METHOD.tally(election, METHOD.settings_schema().load(settings))


class TestGreedyKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestGreedyWithoutSkipKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"skip": False, "minimum_votes": 1}


@given(elections())
def test_it_is_the_textbook_rule(election):
    assert list(count(election).selected) == textbook.greedy(*plain(election))


@given(elections(BallotFormat.POINTS))
def test_points_are_added_up(election):
    assert list(count(election).selected) == textbook.greedy(*plain(election))


def test_what_does_not_fit_is_passed_over():
    election = an_election({"a": 600, "b": 600, "c": 400}, 1000, ["abc", "ab", "a"])
    assert count(election).selected == ("a", "c")
    assert count(election).decision("b").reason == "does_not_fit"


def test_without_skip_the_list_ends_at_the_first_project_that_does_not_fit():
    election = an_election({"a": 600, "b": 600, "c": 400}, 1000, ["abc", "ab", "a"])
    outcome = count(election, skip=False)
    assert outcome.selected == ("a",)
    assert outcome.decision("c").reason == "after_the_end"


def test_a_project_with_too_few_votes_is_not_funded_and_does_not_end_the_list():
    election = an_election({"a": 100, "b": 100}, 1000, ["ab", "b"])
    outcome = count(election, minimum_votes=2, skip=False)
    assert outcome.selected == ("b",)
    assert outcome.decision("a").facts["votes_short"] == 1


def test_settings_from_a_command_line_are_texts():
    loaded = METHOD.settings_schema().load({"skip": "false", "minimum_votes": "3"})
    assert loaded["skip"] is False
    assert loaded["minimum_votes"] == 3


def test_a_fraction_is_no_number_of_votes():
    errors = METHOD.settings_schema().validate({"minimum_votes": 2.5})
    assert errors == {"minimum_votes": ["Not a whole number."]}


def test_a_ranking_gives_borda_points():
    election = an_election(
        {"a": 100, "b": 100, "c": 100},
        100,
        [["a", "b", "c"], ["b", "a", "c"], ["b", "c", "a"]],
        ballot_format=BallotFormat.RANKING,
    )
    outcome = count(election)
    scores = {d.project: d.facts["score"] for d in outcome.decisions}
    assert scores == {"a": 6, "b": 8, "c": 4}


def test_only_the_first_places_of_a_ranking_may_count():
    election = an_election(
        {"a": 100, "b": 100, "c": 100},
        100,
        [["a", "b", "c"], ["b", "a", "c"]],
        ballot_format=BallotFormat.RANKING,
    )
    scores = {d.project: d.facts["score"] for d in count(election, places=1).decisions}
    assert scores == {"a": 1, "b": 1, "c": 0}


def with_votes(election, project, extra):
    """The same election with further ballots for one project."""
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    ballots += [Ballot.choosing(BallotFormat.APPROVAL, [project])] * extra
    return replace(election, profile=Profile.of(ballots))


@pytest.mark.parametrize("settings", [{}, {"skip": False}, {"minimum_votes": 3}])
@given(election=elections())
def test_the_missing_votes_are_exactly_enough(settings, election):
    for decision in count(election, **settings).decisions:
        short = decision.facts.get("votes_short")
        if short is None:
            continue
        enough = count(with_votes(election, decision.project, short), **settings)
        assert decision.project in enough.selected
        if short:
            fewer = count(with_votes(election, decision.project, short - 1), **settings)
            assert decision.project not in fewer.selected


def test_a_tie_that_mattered_is_named():
    election = an_election({"a": 100, "b": 100}, 100, ["ab"], lot=["b", "a"])
    outcome = count(election)
    assert outcome.decision("a").tied_with == ("b",)
    assert outcome.decision("b").tied_with == ("a",)


def test_a_tie_that_changed_nothing_is_not_named():
    election = an_election({"a": 100, "b": 100}, 200, ["ab"])
    assert all(decision.tied_with == () for decision in count(election).decisions)


def test_the_whole_outcome_of_a_small_count():
    costs = {"a": 60, "b": 60, "c": 101, "d": 30, "e": 10, "f": 100}
    outcome = count(an_election(costs, 100, [*"aaaacccbbdf"]), minimum_votes=1, partly=True)
    assert (outcome.method, outcome.version) == ("greedy", "1")
    assert outcome.facts == {"budget": 100, "least_votes": 1, "left": 0, "offered": 10}
    assert [(d.project, d.reason, d.voters) for d in outcome.decisions] == [
        ("a", "funded", 4),
        ("c", "over_budget", 3),
        ("b", "partly_funded", 2),
        ("d", "funded", 1),
        ("f", "does_not_fit", 1),
        ("e", "too_few_votes", 0),
    ]
    facts = {decision.project: decision.facts for decision in outcome.decisions}
    assert facts["a"] == {"score": 4, "place": 1, "left": 100}
    assert facts["c"] == {"score": 3, "place": 2, "left": 40}
    assert facts["b"] == {"score": 2, "place": 3, "left": 40, "amount": 10, "votes_short": 3}
    assert facts["f"] == {"score": 1, "place": 5, "left": 10, "votes_short": 4}
    assert facts["e"] == {"score": 0, "place": 6, "left": 10, "votes_short": 1}
    tied = {decision.project: decision.tied_with for decision in outcome.decisions}
    assert tied == {"a": (), "c": (), "b": (), "d": ("f",), "f": ("d",), "e": ()}


def test_the_explanation_names_missing_votes_in_plain_dutch():
    election = an_election({"a": 80_000, "b": 60_000}, 100_000, ["a", "a", "b"])
    settings = METHOD.settings_schema().load({})
    why = METHOD.explain(election, METHOD.tally(election, settings), settings)["b"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 600 en er was nog € 200 over. "
        "Het kwam 2 stemmen tekort."
    )
    assert why.sentence.en.endswith("It was 2 votes short.")
