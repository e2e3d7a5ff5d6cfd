"""The voting method ``phragmen``."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given

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
