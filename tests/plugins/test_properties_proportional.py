"""What groups are promised by the rules that share money: rebuilt from the published facts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Election, Profile, Project
from pb_engine.api.counting import check_outcome
from tests.tallying.elections import elections, plain
from tests.tallying.rules import METHODS


def count(election, rule, **given_settings):
    loaded = METHODS[rule].settings_schema().load(given_settings)
    return check_outcome(election, METHODS[rule].tally(election, loaded))


@st.composite
def blocs(draw):
    """Two groups with a list of their own each, and a few ballots from both lists."""
    ids = [f"p{at}" for at in range(8)]
    slates = (ids[:4], ids[4:], draw(st.lists(st.sampled_from(ids), unique=True)))
    marked = draw(st.lists(st.sampled_from(slates), min_size=3, max_size=7))
    return Election(
        budget=draw(st.integers(2, 6)),
        projects=tuple(Project(one, draw(st.sampled_from([1, 1, 1, 2]))) for one in ids),
        profile=Profile.of(Ballot.choosing(BallotFormat.APPROVAL, one) for one in marked),
        lot=tuple(draw(st.permutations(ids))),
        unit=1,
    )


def agreeing(costs, ballots):
    """Yield every set of projects that somebody marks whole, and the ballots that do."""
    ids = list(costs)
    for agreed in chain.from_iterable(combinations(ids, size) for size in range(1, len(ids) + 1)):
        group = [ballot for ballot in ballots if set(agreed) <= set(ballot)]
        if group:
            yield agreed, group


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(election=elections())
def test_equal_shares_has_prices_that_everybody_can_check(utility, election):
    """Priceability (Peters and Skowron, 2020), with the facts as the certificate.

    Every purchase is paid exactly by its supporters, nobody pays more than their share, and no
    project that was not bought could have been paid by those who want it.
    """
    assume(election.profile.voters)
    costs, budget, ballots, _ = plain(election)
    outcome = count(election, "equal_shares", utility=utility, completion="none")
    purses = [Fraction(budget, len(ballots)) for _ in ballots]
    for project in outcome.selected:
        price = Fraction(outcome.decision(project).facts.get("price", 0))
        paid = [
            min(purse, price) if project in b else 0
            for purse, b in zip(purses, ballots, strict=True)
        ]
        assert sum(paid) == costs[project]
        purses = [purse - part for purse, part in zip(purses, paid, strict=True)]
    for decision in outcome.decisions:
        if decision.project not in outcome.selected:
            supporters = zip(purses, ballots, strict=True)
            funds = sum(purse for purse, ballot in supporters if decision.project in ballot)
            assert funds < costs[decision.project] or not decision.voters


@given(elections(), st.integers(1, 5))
def test_a_group_that_agrees_gets_its_seats_by_equal_shares(election, seats):
    """Extended justified representation with equal costs (Peters and Skowron, 2020)."""
    projects = tuple(Project(project.id, 100) for project in election.projects)
    election = replace(election, projects=projects, budget=100 * seats)
    assume(election.profile.voters)
    costs, _, ballots, _ = plain(election)
    funded = set(count(election, "equal_shares", utility="cardinality", completion="none").selected)
    for agreed, group in agreeing(costs, ballots):
        if len(group) * seats >= len(agreed) * len(ballots):
            assert max(len(funded & set(ballot)) for ballot in group) >= len(agreed)


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(election=blocs())
def test_a_group_that_agrees_gets_its_money_but_for_one_project(utility, election):
    """Extended justified representation up to one project (Peters and others, 2021)."""
    costs, budget, ballots, _ = plain(election)
    funded = set(count(election, "equal_shares", utility=utility, completion="none").selected)

    def worth(chosen):
        return sum(costs[one] if utility == "cost" else 1 for one in chosen)

    for agreed, group in agreeing(costs, ballots):
        if sum(costs[one] for one in agreed) * len(ballots) <= budget * len(group):
            missing = [worth([one]) for one in set(agreed) - funded]
            best = max(worth(funded & set(ballot)) for ballot in group)
            assert not missing or best + max(missing) > worth(agreed)


@given(elections())
def test_phragmen_has_prices_that_everybody_can_check(election):
    """Who supports a funded project has paid all they earned; they paid its cost together."""
    costs, budget, ballots, _ = plain(election)
    outcome = count(election, "phragmen")
    spent, moment = [Fraction(0)] * len(ballots), Fraction(0)
    for project in outcome.selected:
        moment = Fraction(outcome.decision(project).facts["earned"])
        paid = [moment - s if project in b else 0 for s, b in zip(spent, ballots, strict=True)]
        assert min(paid) >= 0
        assert sum(paid) == costs[project]
        spent = [old + part for old, part in zip(spent, paid, strict=True)]
    for project in costs:
        if project not in outcome.selected and costs[project] <= budget:
            supporters = zip(spent, ballots, strict=True)
            assert sum(moment - old for old, b in supporters if project in b) <= costs[project]
