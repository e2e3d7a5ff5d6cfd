"""Strategies that draw small elections with many ties, and their plain form for the textbook."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.tallying import Election, Profile, Project

APPROVALS = (BallotFormat.SINGLE, BallotFormat.APPROVAL, BallotFormat.BASKET)
_USUAL = 100


def drawn(number):
    """Draw so many examples, and in proportion fewer where the profile draws fewer."""
    share = min(1, settings().max_examples / _USUAL)
    return settings(max_examples=max(1, round(number * share)))


@st.composite
def elections(draw, ballot_format=BallotFormat.APPROVAL, max_projects=6, max_ballots=9):
    """Elections with costs that collide often, blank ballots, free and unaffordable projects."""
    ids = [f"p{at}" for at in range(draw(st.integers(1, max_projects)))]
    costs = [draw(st.sampled_from([0, 100, 200, 300, 300, 450, 700])) for _ in ids]
    ballots = draw(st.lists(_ballots(ballot_format, ids), max_size=max_ballots))
    return Election(
        budget=draw(st.sampled_from([0, 100, 300, 500, 700, 1000, 1500])),
        projects=tuple(map(Project, ids, costs)),
        profile=Profile.of(ballots),
        lot=tuple(draw(st.permutations(ids))),
        unit=1,
    )


def _ballots(ballot_format, ids):
    if ballot_format is BallotFormat.SINGLE:
        return st.sampled_from(ids).map(lambda one: Ballot.choosing(ballot_format, [one]))
    if ballot_format in APPROVALS:
        chosen = st.sets(st.sampled_from(ids))
        return chosen.map(lambda some: Ballot.choosing(ballot_format, some))
    if ballot_format is BallotFormat.RANKING:
        orders = st.permutations(ids).flatmap(
            lambda order: st.integers(0, len(order)).map(lambda end: order[:end])
        )
        return orders.map(
            lambda order: Ballot.weighing(
                ballot_format, {p: place for place, p in enumerate(order, start=1)}
            )
        )
    weights = st.dictionaries(st.sampled_from(ids), st.integers(1, 4))
    return weights.map(lambda some: Ballot.weighing(ballot_format, some))


def plain(election):
    """The same election as the textbook takes it."""
    costs = {project.id: project.cost for project in election.projects}
    ballots = [
        {mark.project: mark.weight for mark in ballot.marks}
        for ballot, times in election.profile.groups
        for _ in range(times)
    ]
    return costs, election.budget, ballots, list(election.lot)
