"""How many more ballots a project needed, and whom an outcome serves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying import Profile
from pb_engine.tallying.figures import voters_served
from pb_engine.tallying.record import MethodChoice
from pb_engine.tallying.shortfall import ballots_short
from pb_engine.testing.builders import an_election
from tests.tallying.elections import drawn, elections
from tests.tallying.records import tally

SHARES = MethodChoice("equal_shares", "1", {"completion": "add1_greedy", "step": 50})


def count(election):
    return tally(SHARES, election)


def with_more(election, project, extra):
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    ballots += [Ballot.choosing(BallotFormat.APPROVAL, [project])] * extra
    return replace(election, profile=Profile.of(ballots))


@drawn(25)
@given(elections(max_projects=4, max_ballots=5))
def test_the_number_is_exact_for_equal_shares(election):
    for project in election.projects:
        short = ballots_short(election, project.id, count, 6)
        enough = range(7) if short.ballots is None else range(short.ballots)
        for fewer in enough:
            assert project.id not in count(with_more(election, project.id, fewer)).selected
        if short.ballots is not None:
            assert project.id in count(with_more(election, project.id, short.ballots)).selected


def test_a_funded_project_lacks_nothing():
    election = an_election({"a": 100}, 100, ["a"])
    assert ballots_short(election, "a", count, 5).ballots == 0


def test_a_project_above_the_budget_is_never_funded():
    election = an_election({"a": 101}, 100, ["a"])
    short = ballots_short(election, "a", count, 5)
    assert (short.ballots, short.tried) == (None, 5)


def test_without_ballots_a_first_ballot_is_an_approval():
    assert ballots_short(an_election({"a": 100}, 100, []), "a", count, 5).ballots == 1


def test_what_cannot_be_asked_is_refused():
    weighed = an_election({"a": 1}, 1, ["a"], ballot_format=BallotFormat.POINTS)
    with pytest.raises(TallyRefused, match="points ballots have weights"):
        ballots_short(weighed, "a", count, 5)
    with pytest.raises(TallyRefused, match="no project 'x'"):
        ballots_short(an_election({"a": 1}, 1, []), "x", count, 5)


def test_voters_are_served_by_any_funded_project():
    election = an_election({"a": 60, "b": 60, "c": 40}, 100, ["ab", "b", "b", "c", "", "ab"])
    outcome = tally(MethodChoice("greedy", "1"), election)
    assert set(outcome.selected) == {"b", "c"}
    assert voters_served(election, outcome) == 5
