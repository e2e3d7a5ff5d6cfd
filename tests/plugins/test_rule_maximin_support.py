"""The voting method ``maximin_support``."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import ClassVar

import pytest
from hypothesis import given

from pb_engine.api.counting import check_outcome
from pb_engine.plugins.maximin_support import pb_register_voting_methods
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
    """The heaviest quotient of cost by supporters, over all sets of projects, one by one."""
    supporters = {p: {v for v, ballot in enumerate(ballots) if p in ballot} for p in costs}
    racing = [p for p in lot if supporters[p] and costs[p] <= budget]
    funded = {}

    def load(chosen):
        return max(
            Fraction(sum(costs[p] for p in some), len(set().union(*(supporters[p] for p in some))))
            for size in range(1, len(chosen) + 1)
            for some in combinations(chosen, size)
        )

    while racing:
        project = min(racing, key=lambda p: load([*funded, p]))
        if sum(costs[p] for p in funded) + costs[project] <= budget:
            funded[project] = load([*funded, project])
        elif ending == "stop":
            break
        racing.remove(project)
    return funded


class TestMaximinSupportKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestMaximinSupportWithSkipKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"ending": "skip"}


@pytest.mark.parametrize("ending", ENDINGS)
@given(election=elections())
def test_it_is_the_textbook_rule(ending, election):
    outcome = count(election, ending=ending)
    loads = {p: Fraction(outcome.decision(p).facts["load"]) for p in outcome.selected}
    assert list(loads.items()) == list(textbook(*plain(election), ending).items())


@given(elections())
def test_the_heaviest_load_never_falls(election):
    decisions = count(election, ending="skip").decisions
    loads = [Fraction(d.facts["load"]) for d in decisions if d.reason == "funded"]
    assert loads == sorted(loads)


@pytest.mark.parametrize("name", [name for name in names(10_000) if "Assen" in name])
def test_real_elections_come_out_as_in_the_reference_and_in_the_same_order(name):
    expected = reference(name)["pabutools_exact", "maximin_support"]
    election = read_pabulib((FOLDER / f"{name}.pb").read_bytes()).election
    assert list(count(election).selected) == expected["order"]


def test_a_project_that_does_not_fit_ends_the_count():
    election = an_election({"a": 600, "b": 600, "c": 400}, 1000, ["ab", "ab", "ac"])
    outcome = count(election)
    assert outcome.selected == ("a",)
    assert outcome.decision("b").reason == "does_not_fit"
    assert outcome.decision("c").reason == "after_the_end"
    assert outcome.decision("c").facts == {"votes_short": 1}


def test_facts_are_exact_amounts():
    election = an_election({"a": 100, "b": 100}, 150, ["ab", "a", "a"])
    outcome = count(election)
    assert outcome.decision("a").facts == {"step": 1, "load": "100/3", "left": 150}
    assert outcome.decision("b").facts["load"] == 100
