"""The voting method ``majority_judgement``."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Profile, TallyRefused
from pb_engine.api.counting import check_outcome
from pb_engine.plugins.majority_judgement import pb_register_voting_methods
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.tallying.elections import elections, plain

(METHOD,) = pb_register_voting_methods()
VARIANTS = ({}, {"skip": False}, {"minimum_grade": 2}, {"minimum_grade": 1, "skip": False})


def count(election, **given_settings):
    settings = METHOD.settings_schema().load(given_settings)
    return check_outcome(election, METHOD.tally(election, settings))


def ballots_of(election):
    return [
        {mark.project: mark.weight for mark in ballot.marks}
        for ballot, times in election.profile.groups
        for _ in range(times)
    ]


def with_ballots(election, ballots):
    made = (Ballot.weighing(BallotFormat.SCORE, ballot) for ballot in ballots)
    return replace(election, profile=Profile.of(made))


def raised(election, project, number):
    """The same election after the lowest grades of a project became the highest one."""
    ballots = ballots_of(election)
    top = max((grade for ballot in ballots for grade in ballot.values()), default=0)
    for ballot in sorted(ballots, key=lambda ballot: ballot.get(project, 0))[:number]:
        ballot[project] = top
    return with_ballots(election, ballots)


def one_by_one(grades):
    """Balinski and Laraki: note the lower middle grade, take it away, and go on."""
    left, noted = sorted(grades), []
    while left:
        noted.append(left.pop((len(left) - 1) // 2))
    return noted


def textbook(costs, budget, ballots, lot, *, skip=True, minimum_grade=0):
    """Sort by the grades as they come up, and walk down the list once."""
    values = {p: one_by_one([ballot.get(p, 0) for ballot in ballots]) for p in costs}
    ranking = sorted(sorted(costs, key=lot.index), key=values.get, reverse=True)
    funded = []
    for project in ranking:
        enough = (values[project] or [0])[0] >= minimum_grade
        fits = sum(costs[p] for p in funded) + costs[project] <= budget
        if fits and enough:
            funded.append(project)
        elif not skip and (enough or costs[project] > budget):
            break
    return funded


class TestMajorityJudgementKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestMajorityJudgementWithoutSkipKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"skip": False, "minimum_grade": 1}


@pytest.mark.parametrize("variant", VARIANTS)
@given(election=elections(BallotFormat.SCORE, max_ballots=12))
def test_it_is_the_textbook_rule(variant, election):
    assert list(count(election, **variant).selected) == textbook(*plain(election), **variant)


@pytest.mark.parametrize("variant", VARIANTS)
@given(election=elections(BallotFormat.SCORE))
def test_the_missing_grades_are_exactly_enough(variant, election):
    for decision in count(election, **variant).decisions:
        if decision.reason in {"funded", "over_budget"}:
            continue
        short = decision.facts.get("ballots_short")
        if short is None:
            everybody = raised(election, decision.project, election.profile.voters)
            assert decision.project not in count(everybody, **variant).selected
            continue
        enough = raised(election, decision.project, short)
        assert decision.project in count(enough, **variant).selected
        fewer = raised(election, decision.project, short - 1)
        assert decision.project not in count(fewer, **variant).selected


@given(elections(BallotFormat.SCORE), st.integers(0, 8), st.integers(1, 3))
def test_a_higher_grade_does_not_harm_a_funded_project(election, which, more):
    ballots = ballots_of(election)
    for project in count(election).selected:
        changed = [dict(ballot) for ballot in ballots]
        if changed:
            one = changed[which % len(changed)]
            one[project] = one.get(project, 0) + more
        assert project in count(with_ballots(election, changed)).selected


@given(elections(BallotFormat.SCORE))
def test_every_ballot_three_times_changes_nothing(election):
    """Grades come up in the same order when all of them come up as often."""
    assert count(with_ballots(election, ballots_of(election) * 3)).selected == (
        count(election).selected
    )


def test_one_enthusiast_does_not_outweigh_a_majority():
    ballots = [{"a": 9, "b": 4}, {"a": 1, "b": 4}, {"a": 1, "b": 4}]
    empty = an_election({"a": 100, "b": 100}, 100, [])
    outcome = count(with_ballots(empty, ballots))
    assert outcome.selected == ("b",)
    assert outcome.decision("a").facts == {
        "grade": 1,
        "better": 1,
        "worse": 0,
        "place": 2,
        "left": 0,
        "ballots_short": 1,
    }


def test_whoever_leaves_out_a_project_gives_it_a_zero():
    ballots = [{"a": 3}, {}, {"b": 1}, {"b": 1}]
    empty = an_election({"a": 100, "b": 100}, 100, [])
    outcome = count(with_ballots(empty, ballots))
    assert outcome.decision("a").facts["grade"] == 0
    assert outcome.selected == ("b",)


def test_points_are_refused_in_a_sentence():
    election = an_election({"a": 100}, 100, ["a"], ballot_format=BallotFormat.POINTS)
    with pytest.raises(TallyRefused, match="majority_judgement counts grades, not points ballots"):
        count(election)


def test_equal_grades_fall_by_the_lot_and_the_tie_is_named():
    empty = an_election({"a": 100, "b": 100}, 100, [], lot=["b", "a"])
    outcome = count(with_ballots(empty, [{"a": 3, "b": 1}, {"a": 1, "b": 3}]))
    assert outcome.selected == ("b",)
    assert outcome.decision("a").tied_with == ("b",)


def test_the_whole_outcome_of_a_small_count():
    """Three grades of 5 bring a level with b, and the lot puts it first; c stays behind."""
    costs = {"a": 100, "b": 60, "c": 50, "d": 101, "e": 10}
    same = {"b": 5, "c": 4, "d": 3, "a": 2}
    ballots = [same, same, {**same, "e": 1}]
    outcome = count(with_ballots(an_election(costs, 100, []), ballots), minimum_grade=1)
    assert (outcome.method, outcome.version) == ("majority_judgement", "1")
    assert outcome.facts == {"budget": 100, "left": 40}
    found = [(d.project, d.reason, d.voters, *d.facts.values()) for d in outcome.decisions]
    assert found == [
        ("b", "funded", 3, 5, 0, 0, 1, 100),
        ("c", "does_not_fit", 3, 4, 0, 0, 2, 40),
        ("d", "over_budget", 3, 3, 0, 0, 3, 40),
        ("a", "does_not_fit", 3, 2, 0, 0, 4, 40, 3),
        ("e", "too_low_a_grade", 1, 0, 1, 0, 5, 40, 1),
    ]
    names = ["grade", "better", "worse", "place", "left", "ballots_short"]
    assert list(outcome.decision("e").facts) == names


@pytest.mark.parametrize("ballots", [[], [{}]])
def test_a_paper_without_projects_is_counted(ballots):
    outcome = count(with_ballots(an_election({}, 100, []), ballots))
    assert (outcome.decisions, outcome.facts) == ((), {"budget": 100, "left": 100})


def test_the_explanation_says_what_half_of_the_voters_granted():
    ballots = [{"a": 5, "b": 2}, {"a": 4, "b": 4}, {"a": 4}]
    election = with_ballots(an_election({"a": 80_000, "b": 60_000}, 100_000, []), ballots)
    settings = METHOD.settings_schema().load({})
    why = METHOD.explain(election, METHOD.tally(election, settings), settings)
    assert why["a"].sentence.nl == (
        "Dit idee krijgt geld: minstens de helft van de stemmers gaf het een 4 of hoger, en "
        "€ 800 paste in het budget."
    )
    assert why["b"].sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 600 en er was nog € 200 over. Met het hoogste "
        "cijfer van nog 2 stemmers had het wel geld gekregen."
    )
