"""What every rule that comes with the engine promises, in every variant, on drawn elections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.api import Ballot, Mark, Profile
from pb_engine.api.counting import check_outcome
from pb_engine.testing import a_ballot, edge_elections
from pb_engine.testing.offer import assert_spoken
from pb_engine.testing.seeded import outcomes_elsewhere, outcomes_of
from tests.tallying.elections import elections
from tests.tallying.rules import METHODS

# Rule, settings, and whether a further ballot for a funded project alone never harms it.
# Equal Shares is not monotone in this sense: one ballot more makes every share smaller.
VARIANTS = [
    ("greedy", {}, True),
    ("greedy", {"by": "votes", "skip": False}, True),
    ("greedy", {"per_euro": True}, True),
    ("greedy", {"minimum_votes": 2, "minimum_percent": 20, "partly": True}, True),
    ("equal_shares", {"completion": "none"}, False),
    ("equal_shares", {"utility": "cardinality", "completion": "greedy"}, False),
    ("equal_shares", {"by": "score", "completion": "none"}, False),
    ("equal_shares", {"completion": "add1", "step": 50}, False),
    ("equal_shares", {"completion": "add1_greedy", "variant": "pabutools", "step": 50}, False),
    ("equal_shares", {"completion": "add1", "variant": "equalshares", "step": 50}, False),
    ("equal_shares", {"completion": "overspending"}, False),
    ("equal_shares", {"completion": "overspending_greedy", "utility": "cardinality"}, False),
    ("equal_shares", {"completion": "add1", "comparison": "satisfaction", "step": 50}, False),
    ("equal_shares", {"completion": "greedy", "comparison": "exclusion"}, False),
    ("phragmen", {}, True),
    ("phragmen", {"ending": "skip"}, False),
    ("maximin_support", {}, True),
    ("max_welfare", {}, True),
    ("max_welfare", {"utility": "cardinality", "by": "votes"}, True),
    ("score_totals", {}, True),
    ("score_totals", {"order": "total_per_cost", "length": "own", "last": 0, "skip": False}, True),
    ("majority_judgement", {}, True),
]
every_variant = pytest.mark.parametrize(
    ("rule", "given_settings"),
    [(rule, given_settings) for rule, given_settings, _ in VARIANTS],
    ids=lambda one: one if isinstance(one, str) else "-".join(map(str, one.values())),
)
FEW = settings(max_examples=20)


def formats_of(rule):
    return st.sampled_from(sorted(METHODS[rule].formats))


def drawn_for(data, rule):
    return data.draw(formats_of(rule).flatmap(elections))


def decided(outcome):
    """Return the decisions by project; tied projects may be listed in any order."""
    return {
        one.project: replace(one, tied_with=frozenset(one.tied_with)) for one in outcome.decisions
    }


def count(election, rule, given_settings):
    loaded = METHODS[rule].settings_schema().load(given_settings)
    return check_outcome(election, METHODS[rule].tally(election, loaded))


def ballots_of(election):
    return [ballot for ballot, times in election.profile.groups for _ in range(times)]


def renamed(election, names):
    ballots = (
        Ballot(one.format, tuple(sorted(Mark(names[m.project], m.weight) for m in one.marks)))
        for one in ballots_of(election)
    )
    return replace(
        election,
        projects=tuple(replace(one, id=names[one.id]) for one in election.projects),
        profile=Profile.of(ballots),
        lot=tuple(names[one] for one in election.lot),
    )


def test_every_rule_is_asked():
    assert {rule for rule, _, _ in VARIANTS} == set(METHODS)


@every_variant
@FEW
@given(data=st.data())
def test_every_project_is_decided_about_once_and_within_the_budget(rule, given_settings, data):
    election = drawn_for(data, rule)
    outcome = count(election, rule, given_settings)
    costs = {project.id: project.cost for project in election.projects}
    assert sorted(one.project for one in outcome.decisions) == sorted(costs)
    assert sum(costs[one] for one in outcome.selected) <= election.budget
    assert count(election, rule, given_settings) == outcome


@every_variant
@FEW
@given(data=st.data())
def test_the_order_of_ballots_and_of_the_paper_changes_nothing(rule, given_settings, data):
    election = drawn_for(data, rule)
    ballots = data.draw(st.permutations(ballots_of(election)))
    paper = tuple(data.draw(st.permutations(election.projects)))
    shuffled = replace(election, projects=paper, profile=Profile.of(ballots))
    one, other = (count(e, rule, given_settings) for e in (election, shuffled))
    assert one.selected == other.selected
    assert one.facts == other.facts
    assert decided(one) == decided(other)


@every_variant
@FEW
@given(data=st.data())
def test_names_change_nothing_when_the_lot_goes_with_them(rule, given_settings, data):
    election = drawn_for(data, rule)
    ids = [project.id for project in election.projects]
    names = dict(zip(ids, data.draw(st.permutations(ids)), strict=True))
    expected = [names[one] for one in count(election, rule, given_settings).selected]
    assert list(count(renamed(election, names), rule, given_settings).selected) == expected


@every_variant
def test_the_most_extreme_elections_are_counted(rule, given_settings):
    for ballot_format in sorted(METHODS[rule].formats):
        for election in edge_elections(ballot_format):
            selected = count(election, rule, given_settings).selected
            costs = {project.id: project.cost for project in election.projects}
            if all(cost > election.budget for cost in costs.values()):
                assert selected == ()
            if not election.budget:
                assert all(costs[one] == 0 for one in selected)


@every_variant
@FEW
@given(data=st.data())
def test_every_project_is_explained_in_both_languages(rule, given_settings, data):
    election = drawn_for(data, rule)
    loaded = METHODS[rule].settings_schema().load(given_settings)
    outcome = METHODS[rule].tally(election, loaded)
    explained = METHODS[rule].explain(election, outcome, loaded)
    assert set(explained) == {project.id for project in election.projects}
    for why in explained.values():
        for text in (why.sentence, *why.steps):
            assert_spoken(text, "an explanation")
        assert why.sentence.nl != why.sentence.en


@pytest.mark.parametrize(
    ("rule", "given_settings"), [(rule, chosen) for rule, chosen, is_so in VARIANTS if is_so]
)
@FEW
@given(data=st.data())
def test_a_further_ballot_for_a_funded_project_alone_does_not_harm_it(rule, given_settings, data):
    election = drawn_for(data, rule)
    for project in count(election, rule, given_settings).selected:
        further = a_ballot(election.profile.format or min(METHODS[rule].formats), [project])
        grown = replace(election, profile=Profile.of([*ballots_of(election), further]))
        assert project in count(grown, rule, given_settings).selected


@pytest.mark.parametrize("rule", METHODS)
def test_no_outcome_follows_the_order_of_sets(rule):
    """With the same hash seed the processes would agree whatever they do; so two seeds."""
    chosen = next(given_settings for name, given_settings, _ in VARIANTS if name == rule)
    here = outcomes_of(METHODS[rule], chosen)
    for seed in (0, 1):
        assert outcomes_elsewhere(METHODS[rule], chosen, seed) == here
