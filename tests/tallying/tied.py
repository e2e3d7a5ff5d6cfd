"""Strategies that draw elections in which almost everything ties, for other programs to count."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.tallying import Election, Profile, Project
from tests.tallying.elections import plain

COSTS = (1, 1, 2, 2, 3, 4, 6)


@st.composite
def tied_elections(draw, ballot_format=BallotFormat.APPROVAL, costs=COSTS, max_projects=5):
    """One to six ballots on few projects that cost next to nothing."""
    ids = [f"p{at}" for at in range(draw(st.integers(2, max_projects)))]
    projects = tuple(Project(one, draw(st.sampled_from(costs))) for one in ids)
    return Election(
        budget=draw(st.integers(0, 16)),
        projects=projects,
        profile=Profile.of(draw(st.lists(_ballots(ballot_format, ids), min_size=1, max_size=6))),
        lot=tuple(draw(st.permutations(ids))),
        unit=1,
    )


def _ballots(ballot_format, ids):
    if ballot_format is BallotFormat.RANKING:
        return st.permutations(ids).map(
            lambda order: Ballot.weighing(
                ballot_format, {one: place for place, one in enumerate(order, start=1)}
            )
        )
    if ballot_format is BallotFormat.POINTS:
        points = st.dictionaries(st.sampled_from(ids), st.integers(1, 3))
        return points.map(lambda some: Ballot.weighing(ballot_format, some))
    chosen = st.sets(st.sampled_from(ids))
    return chosen.map(lambda some: Ballot.choosing(ballot_format, some))


def supported(election):
    """The same election without the projects that nobody marks."""
    voters = zip(election.projects, election.support.voters, strict=True)
    kept = tuple(project for project, marks in voters if marks)
    ids = {project.id for project in kept}
    return replace(election, projects=kept, lot=tuple(p for p in election.lot if p in ids))


def dearest_first(election):
    """The same election with a lot in which dearer projects stand before cheaper ones."""
    costs = {project.id: project.cost for project in election.projects}
    return replace(election, lot=tuple(sorted(election.lot, key=lambda one: -costs[one])))


def question(election, rule, satisfaction=None):
    """The election as ``oracle_scripts/with_pabutools.py`` takes it."""
    costs, budget, ballots, lot = plain(election)
    kinds = {BallotFormat.POINTS: "points", BallotFormat.RANKING: "ranking"}
    return {
        "costs": costs,
        "budget": budget,
        "ballots": ballots,
        "lot": lot,
        "kind": kinds.get(election.profile.format, "approval"),
        "rule": rule,
        "satisfaction": satisfaction,
    }
