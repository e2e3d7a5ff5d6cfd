"""The voting method ``score_totals``."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given

from pb_engine.api import Ballot, BallotFormat, Profile, TallyRefused
from pb_engine.api.counting import check_outcome
from pb_engine.plugins.score_totals import pb_register_voting_methods
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.tallying.elections import elections, plain
from tests.tallying.real_files import FOLDER, names, reference

(METHOD,) = pb_register_voting_methods()
VARIANTS = (
    {},
    {"skip": False},
    {"order": "total_per_cost"},
    {"order": "total_per_cost", "skip": False},
    {"minimum_points": 3},
    {"minimum_points": 2, "skip": False},
)
BORDA = [
    {"length": length, "last": last}
    for length in ("own", "longest", "paper", "places")
    for last in (0, 1)
]


def count(election, **given_settings):
    settings = METHOD.settings_schema().load(given_settings)
    return check_outcome(election, METHOD.tally(election, settings))


def with_points(election, project, number):
    """The same election with a further ballot that gives its points to one project."""
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    ballots += [Ballot.weighing(BallotFormat.POINTS, {project: number})]
    return replace(election, profile=Profile.of(ballots))


def textbook(costs, budget, totals, lot, order="total", *, skip=True, minimum_points=0):
    """Sort, and walk down the list once."""

    def worth(project):
        if order == "total":
            return totals[project]
        if costs[project]:
            return Fraction(totals[project], costs[project])
        return 10**9 if totals[project] else 0

    funded = []
    for project in sorted(costs, key=lambda p: (-worth(p), lot.index(p))):
        enough = totals[project] >= minimum_points
        fits = sum(costs[p] for p in funded) + costs[project] <= budget
        if fits and enough:
            funded.append(project)
        elif not skip and (enough or costs[project] > budget):
            break
    return funded


def borda(costs, ballots, length, last):
    """Points by place, ballot by ballot."""
    longest = max((len(ballot) for ballot in ballots), default=0)
    totals = dict.fromkeys(costs, 0)
    for ballot in ballots:
        size = {"own": len(ballot), "longest": longest, "paper": len(costs), "places": 3}[length]
        for project, place in ballot.items():
            totals[project] += max(size - place + last, 0)
    return totals


class TestScoreTotalsKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestScoreTotalsPerEuroKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"order": "total_per_cost", "skip": False, "last": 0, "length": "own"}


@pytest.mark.parametrize("variant", VARIANTS)
@given(election=elections(BallotFormat.POINTS))
def test_it_is_the_textbook_rule(variant, election):
    costs, budget, ballots, lot = plain(election)
    totals = {p: sum(ballot.get(p, 0) for ballot in ballots) for p in costs}
    assert list(count(election, **variant).selected) == textbook(
        costs, budget, totals, lot, **variant
    )


@pytest.mark.parametrize("variant", BORDA)
@given(election=elections(BallotFormat.RANKING))
def test_places_give_the_points_that_the_settings_say(variant, election):
    costs, _, ballots, _ = plain(election)
    totals = {d.project: d.facts["total"] for d in count(election, **variant).decisions}
    assert totals == borda(costs, ballots, **variant)


@pytest.mark.parametrize("variant", VARIANTS)
@given(election=elections(BallotFormat.POINTS))
def test_the_missing_points_are_exactly_enough(variant, election):
    for decision in count(election, **variant).decisions:
        short = decision.facts.get("points_short")
        if short is None:
            continue
        assert short > 0
        enough = with_points(election, decision.project, short)
        assert decision.project in count(enough, **variant).selected
        if short > 1:
            fewer = with_points(election, decision.project, short - 1)
            assert decision.project not in count(fewer, **variant).selected


@given(elections(BallotFormat.POINTS))
def test_a_further_point_for_a_funded_project_does_not_harm_it(election):
    for project in count(election).selected:
        assert project in count(with_points(election, project, 1)).selected


def test_the_two_rules_named_borda_can_disagree():
    """Own length and 0 for the last place: a voter who ranks one project supports nothing."""
    rankings = [["a"], ["a"], ["a"], ["b", "c"]]
    election = an_election(
        {"a": 100, "b": 100, "c": 100}, 100, rankings, ballot_format=BallotFormat.RANKING
    )
    assert count(election, length="own", last=1).selected == ("a",)
    assert count(election, length="own", last=0).selected == ("b",)


REFERENCES = {
    "greedy_points": {},
    "greedy_points_per_cost": {"order": "total_per_cost"},
    "greedy_borda0": {"length": "own", "last": 0},
    "greedy_borda0_per_cost": {"length": "own", "last": 0, "order": "total_per_cost"},
}


@pytest.mark.parametrize("name", names(60_000))
def test_real_elections_come_out_as_in_the_reference(name):
    election = read_pabulib((FOLDER / f"{name}.pb").read_bytes()).election
    found = {key: outcome for key, outcome in reference(name).items() if key[1] in REFERENCES}
    assert bool(found) == (election.profile.format in METHOD.formats)
    for (_, rule), expected in found.items():
        selected = count(election, **REFERENCES[rule]).selected
        assert sorted(selected) == sorted(expected["selected"]), rule


def test_approvals_are_refused_in_a_sentence():
    with pytest.raises(TallyRefused, match="counts points, grades and rankings, not approval"):
        count(an_election({"a": 100}, 100, ["a"]))


def test_the_last_place_gives_one_point_or_none():
    errors = METHOD.settings_schema().validate({"last": 2})
    assert errors == {"last": ["Must be one of: 0, 1."]}


def test_a_tie_that_mattered_is_named():
    election = an_election(
        {"a": 100, "b": 100}, 100, ["a", "b"], ballot_format=BallotFormat.POINTS, lot=["b", "a"]
    )
    outcome = count(election)
    assert outcome.selected == ("b",)
    assert outcome.decision("a").tied_with == ("b",)


def test_the_whole_outcome_of_a_small_count():
    costs = {"a": 100, "b": 60, "c": 50, "d": 101, "e": 10}
    election = an_election(costs, 100, ["bc", "bc", "c", "da"], ballot_format=BallotFormat.POINTS)
    outcome = count(election, minimum_points=1)
    assert (outcome.method, outcome.version) == ("score_totals", "1")
    assert outcome.facts == {"budget": 100, "left": 40}
    assert [(d.project, d.reason, d.voters, d.facts) for d in outcome.decisions] == [
        ("b", "funded", 2, {"total": 4, "place": 1, "left": 100}),
        ("c", "does_not_fit", 3, {"total": 3, "place": 2, "left": 40, "points_short": 2}),
        ("d", "over_budget", 1, {"total": 2, "place": 3, "left": 40}),
        ("a", "does_not_fit", 1, {"total": 1, "place": 4, "left": 40, "points_short": 3}),
        ("e", "too_few_points", 0, {"total": 0, "place": 5, "left": 40, "points_short": 1}),
    ]
    assert {decision.tied_with for decision in outcome.decisions} == {()}


def test_the_explanation_names_the_missing_points():
    election = an_election(
        {"a": 80_000, "b": 60_000}, 100_000, ["ab", "a"], ballot_format=BallotFormat.POINTS
    )
    settings = METHOD.settings_schema().load({})
    why = METHOD.explain(election, METHOD.tally(election, settings), settings)["b"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 600 en er was nog € 200 over. "
        "Het kwam 3 punten tekort."
    )
    assert why.sentence.en.endswith("It was 3 points short.")
