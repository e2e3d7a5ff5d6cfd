"""The voting method ``phragmen``."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import ClassVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Profile, Project, TallyRefused
from pb_engine.api.counting import check_outcome
from pb_engine.plugins.phragmen import pb_register_voting_methods
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.tallying.elections import elections, plain
from tests.tallying.real_files import FOLDER, names, reference

(METHOD,) = pb_register_voting_methods()
ENDINGS = ("stop", "skip")


def count(election, **given_settings):
    settings = METHOD.settings_schema().load(given_settings)
    return check_outcome(election, METHOD.tally(election, settings))


def with_ballots(election, project, number):
    """The same election with further ballots for one project alone."""
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    ballots += [Ballot.choosing(BallotFormat.APPROVAL, [project])] * number
    return replace(election, profile=Profile.of(ballots))


def textbook(costs, budget, ballots, lot, ending):
    """Loads, voter by voter: each funded project raises all its supporters to one load."""
    loads = [Fraction(0)] * len(ballots)
    supporters = {p: [v for v, ballot in enumerate(ballots) if p in ballot] for p in costs}
    racing = [p for p in lot if supporters[p] and costs[p] <= budget]
    funded = {}

    def load(project):
        carried = sum(loads[voter] for voter in supporters[project])
        return (carried + costs[project]) / len(supporters[project])

    while racing:
        project = min(racing, key=load)
        if sum(costs[p] for p in funded) + costs[project] <= budget:
            highest = load(project)
            for voter in supporters[project]:
                loads[voter] = highest
            funded[project] = highest
        elif ending == "stop":
            break
        racing.remove(project)
    return funded


class TestPhragmenKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestPhragmenWithSkipKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"ending": "skip"}


@pytest.mark.parametrize("ending", ENDINGS)
@given(election=elections())
def test_it_is_the_textbook_rule(ending, election):
    outcome = count(election, ending=ending)
    earned = {p: Fraction(outcome.decision(p).facts["earned"]) for p in outcome.selected}
    assert list(earned.items()) == list(textbook(*plain(election), ending).items())


@pytest.mark.parametrize("ending", ENDINGS)
@given(election=elections())
def test_the_missing_votes_are_exactly_enough(ending, election):
    for decision in count(election, ending=ending).decisions:
        short = decision.facts.get("votes_short")
        if short is None:
            continue
        enough = with_ballots(election, decision.project, short)
        assert decision.project in count(enough, ending=ending).selected
        fewer = with_ballots(election, decision.project, short - 1)
        assert decision.project not in count(fewer, ending=ending).selected


@given(elections(), st.randoms(use_true_random=False))
def test_a_further_vote_for_a_funded_project_alone_does_not_harm_it(election, chance):
    selected = count(election).selected
    assume(selected)
    project = chance.choice(selected)
    assert project in count(with_ballots(election, project, 1)).selected


@given(elections(max_projects=5), st.integers(1, 5))
def test_a_committee_represents_every_group_that_agrees_enough(election, seats):
    """With equal costs: proportional justified representation (Brill and others, 2017)."""
    projects = tuple(Project(project.id, 100) for project in election.projects)
    election = replace(election, projects=projects, budget=100 * seats)
    assume(election.profile.voters)
    _, _, ballots, _ = plain(election)
    funded = set(count(election).selected)
    for size in range(1, seats + 1):
        for agreed in combinations([p.id for p in projects], size):
            group = [ballot for ballot in ballots if set(agreed) <= set(ballot)]
            if len(group) * seats >= size * len(ballots):
                assert len(funded & {p for ballot in group for p in ballot}) >= size


@given(elections())
def test_the_moments_never_go_back(election):
    decisions = count(election, ending="skip").decisions
    moments = [Fraction(d.facts["earned"]) for d in decisions if "earned" in d.facts]
    assert moments == sorted(moments)


@pytest.mark.parametrize("name", names(30_000))
def test_real_elections_come_out_as_in_the_reference(name):
    expected = reference(name).get(("pabutools_exact", "phragmen"))
    election = read_pabulib((FOLDER / f"{name}.pb").read_bytes()).election
    if expected is None:
        assert election.profile.format not in METHOD.formats
    else:
        assert sorted(count(election).selected) == sorted(expected["selected"])


def test_a_project_that_does_not_fit_ends_the_count():
    election = an_election({"a": 600, "b": 600, "c": 400}, 1000, ["ab", "ab", "ac"])
    outcome = count(election)
    assert outcome.selected == ("a",)
    assert outcome.decision("b").reason == "does_not_fit"
    assert outcome.decision("c").reason == "after_the_end"
    assert outcome.decision("c").facts == {"saved": 300, "votes_short": 1}


def test_with_skip_the_count_goes_on():
    election = an_election({"a": 600, "b": 600, "c": 400}, 1000, ["a", "a", "a", "b", "b", "c"])
    assert count(election).selected == ("a",)
    assert count(election).decision("b").reason == "does_not_fit"
    assert count(election).decision("c").reason == "after_the_end"
    assert count(election, ending="skip").selected == ("a", "c")


def test_facts_are_exact_amounts():
    election = an_election({"a": 100, "b": 100}, 150, ["ab", "a", "a"])
    outcome = count(election)
    assert outcome.decision("a").facts == {"step": 1, "earned": "100/3", "left": 150}
    assert outcome.decision("b").facts["earned"] == "400/3"


def test_amounts_with_different_denominators_are_added_exactly():
    """One supporter of b has spent a seventh, the other a third, and neither amount is rounded."""
    ballots = ["ab", "a", "a", "bc", "c", "c", "c", "c", "c", "c"]
    election = an_election({"a": 100, "b": 100, "c": 100}, 300, ballots)
    earned = [decision.facts["earned"] for decision in count(election).decisions]
    assert earned == ["100/7", "100/3", "1550/21"]


def test_points_are_refused_in_a_sentence():
    election = an_election({"a": 100}, 100, ["a"], ballot_format=BallotFormat.POINTS)
    with pytest.raises(TallyRefused, match="phragmen counts ballots without weights, not points"):
        count(election)


def test_an_exact_tie_falls_by_the_lot_and_is_named():
    outcome = count(an_election({"a": 70, "b": 70}, 100, ["a", "b"], lot=["b", "a"]))
    assert outcome.selected == ("b",)
    assert outcome.decision("b").tied_with == ("a",)


def test_the_explanation_says_how_many_votes_were_missing():
    election = an_election({"a": 60_000, "b": 60_000}, 100_000, ["a", "a", "b"])
    settings = METHOD.settings_schema().load({})
    why = METHOD.explain(election, METHOD.tally(election, settings), settings)["b"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 600 en er was nog € 400 over toen het aan de "
        "beurt was. Het kwam 2 stemmen tekort."
    )
    assert why.sentence.en.endswith("It was 2 votes short.")
