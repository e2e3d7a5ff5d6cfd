"""What holds for both rules in which projects come up one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Profile, Project, TallyRefused
from pb_engine.api.counting import check_outcome
from pb_engine.plugins import maximin_support, phragmen
from pb_engine.testing.builders import an_election
from tests.tallying.elections import elections, plain

METHODS = [
    *phragmen.pb_register_voting_methods(),
    *maximin_support.pb_register_voting_methods(),
]
both = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.card.name)


def count(method, election, ending="stop"):
    settings = method.settings_schema().load({"ending": ending})
    return check_outcome(election, method.tally(election, settings))


def with_ballots(election, project, number):
    """The same election with further ballots for one project alone."""
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    ballots += [Ballot.choosing(BallotFormat.APPROVAL, [project])] * number
    return replace(election, profile=Profile.of(ballots))


@pytest.mark.parametrize(("method", "ending"), list(product(METHODS, ("stop", "skip"))))
@given(election=elections())
def test_the_missing_votes_are_exactly_enough(method, ending, election):
    for decision in count(method, election, ending).decisions:
        short = decision.facts.get("votes_short")
        if short is None:
            continue
        enough = with_ballots(election, decision.project, short)
        assert decision.project in count(method, enough, ending).selected
        fewer = with_ballots(election, decision.project, short - 1)
        assert decision.project not in count(method, fewer, ending).selected


@both
@given(election=elections(), chance=st.randoms(use_true_random=False))
def test_a_further_vote_for_a_funded_project_alone_does_not_harm_it(method, election, chance):
    selected = count(method, election).selected
    assume(selected)
    project = chance.choice(selected)
    assert project in count(method, with_ballots(election, project, 1)).selected


@both
@given(election=elections(max_projects=5), seats=st.integers(1, 5))
def test_a_committee_represents_every_group_that_agrees_enough(method, election, seats):
    """With equal costs: proportional justified representation (Brill and others, 2017)."""
    projects = tuple(Project(project.id, 100) for project in election.projects)
    election = replace(election, projects=projects, budget=100 * seats)
    assume(election.profile.voters)
    _, _, ballots, _ = plain(election)
    funded = set(count(method, election).selected)
    for size in range(1, seats + 1):
        for agreed in combinations([p.id for p in projects], size):
            group = [ballot for ballot in ballots if set(agreed) <= set(ballot)]
            if len(group) * seats >= size * len(ballots):
                assert len(funded & {p for ballot in group for p in ballot}) >= size


@both
def test_with_skip_the_count_goes_on(method):
    election = an_election({"a": 600, "b": 600, "c": 400}, 1000, ["a", "a", "a", "b", "b", "c"])
    outcome = count(method, election)
    assert outcome.selected == ("a",)
    assert outcome.decision("b").reason == "does_not_fit"
    assert outcome.decision("c").reason == "after_the_end"
    assert count(method, election, "skip").selected == ("a", "c")


@both
def test_points_are_refused_in_a_sentence(method):
    election = an_election({"a": 100}, 100, ["a"], ballot_format=BallotFormat.POINTS)
    expected = f"{method.card.name} counts ballots without weights, not points"
    with pytest.raises(TallyRefused, match=expected):
        count(method, election)


@both
def test_an_exact_tie_falls_by_the_lot_and_is_named(method):
    outcome = count(method, an_election({"a": 70, "b": 70}, 100, ["a", "b"], lot=["b", "a"]))
    assert outcome.selected == ("b",)
    assert outcome.decision("b").tied_with == ("a",)


@both
def test_a_tie_is_named_with_the_project_that_ended_the_count(method):
    election = an_election({"c": 700, "d": 700, "e": 600}, 1000, [*"cdeeeeeee"], lot=[*"dce"])
    outcome = count(method, election)
    assert outcome.selected == ("e",)
    assert outcome.decision("d").reason == "does_not_fit"
    assert outcome.decision("d").tied_with == ("c",)


@both
def test_the_explanation_says_how_many_votes_were_missing(method):
    election = an_election({"a": 60_000, "b": 60_000}, 100_000, ["a", "a", "b"])
    settings = method.settings_schema().load({})
    why = method.explain(election, method.tally(election, settings), settings)["b"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 600 en er was nog € 400 over toen het aan de "
        "beurt was. Het kwam 2 stemmen tekort."
    )
    assert why.sentence.en.endswith("It was 2 votes short.")


@both
def test_the_whole_outcome_of_a_count_that_stopped(method):
    """Those that never came up follow by votes and lot; before b, x needs four ballots."""
    costs = {"a": 600, "b": 600, "c": 1000, "d": 1001, "x": 300, "y": 300}
    ballots = ["a"] * 7 + ["b"] * 6 + ["c", "d", "d"]
    outcome = count(method, an_election(costs, 1000, ballots, lot=[*"abcdyx"]))
    assert (outcome.method, outcome.version) == (method.card.name, method.card.version)
    assert outcome.facts == {"budget": 1000, "left": 400}
    assert [(d.project, d.reason, d.voters) for d in outcome.decisions] == [
        ("a", "funded", 7),
        ("b", "does_not_fit", 6),
        ("d", "over_budget", 2),
        ("c", "after_the_end", 1),
        ("y", "no_supporters", 0),
        ("x", "no_supporters", 0),
    ]
    assert outcome.decision("d").facts == {}
    assert outcome.decision("x").facts == {"votes_short": 4}
