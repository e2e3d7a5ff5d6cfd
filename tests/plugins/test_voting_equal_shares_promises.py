"""What Equal Shares promises, checked from what it publishes, voter by voter."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.plugins.equal_shares import pb_register_voting_methods
from pb_engine.tallying import Profile, Project
from pb_engine.testing.builders import an_election
from tests.tallying.elections import drawn, elections, plain

(METHOD,) = pb_register_voting_methods()
COMPLETIONS = ["none", "greedy", "add1_greedy", "overspending_greedy"]


def count(election, **given_settings):
    return METHOD.tally(election, METHOD.settings_schema().load({"step": 20, **given_settings}))


def pay(outcome, election):
    """Walk through the published prices; return what every voter has left at the end."""
    costs, _, ballots, _ = plain(election)
    purses = [Fraction(outcome.facts["endowment"])] * len(ballots)
    for project in outcome.selected:
        decision = outcome.decision(project)
        if decision.reason != "shares":
            continue
        price = Fraction(decision.facts["price"])
        bills = [
            min(purse, price * ballot.get(project, 0))
            for purse, ballot in zip(purses, ballots, strict=True)
        ]
        assert sum(bills) + Fraction(decision.facts.get("unpaid", 0)) == costs[project]
        asked = [
            (bill, price * ballot[project])
            for bill, ballot in zip(bills, ballots, strict=True)
            if project in ballot
        ]
        assert decision.facts["paid_in_full"] == sum(bill == full for bill, full in asked)
        assert decision.facts["paid_the_rest"] == sum(0 < bill < full for bill, full in asked)
        purses = [purse - bill for purse, bill in zip(purses, bills, strict=True)]
    return purses


@pytest.mark.parametrize("completion", ["none", "add1", "overspending"])
@drawn(60)
@given(election=elections())
def test_the_published_prices_pay_for_everything_and_leave_too_little_for_the_rest(
    completion, election
):
    """Priceability: equal purses, payments for marked projects only, and nothing left to buy."""
    assume(election.profile.voters)
    outcome = count(election, completion=completion)
    left = pay(outcome, election)
    assert all(purse >= 0 for purse in left)
    costs, budget, ballots, _ = plain(election)
    for project, cost in costs.items():
        carried = sum(purse for purse, b in zip(left, ballots, strict=True) if project in b)
        facts = outcome.decision(project).facts
        if "could_carry" in facts:
            assert Fraction(facts["could_carry"]) == carried
        fits = completion != "overspending" or cost <= budget - sum(
            costs[one] for one in outcome.selected
        )
        if project not in outcome.selected and fits:
            assert carried < cost or (cost == 0 and carried == 0)


@drawn(80)
@given(elections())
def test_where_the_money_of_supporters_went_is_the_sum_of_what_they_paid(election):
    assume(election.profile.voters)
    outcome = count(election, completion="none")
    for decision in outcome.decisions:
        told = {
            decision.facts[f"spent_on_{at}"]: Fraction(decision.facts[f"spent_{at}"])
            for at in (1, 2, 3)
            if f"spent_{at}" in decision.facts
        }
        if decision.reason == "supporters_short":
            spent = spent_by(decision.project, outcome, election)
            assert sorted(told.values()) == sorted(sorted(spent.values())[-3:])
            assert all(spent[project] == amount for project, amount in told.items())


@pytest.mark.parametrize("completion", ["none", "add1", "overspending"])
@drawn(100)
@given(election=elections(BallotFormat.POINTS))
def test_prices_of_points_pay_for_everything_exactly_and_leave_what_is_said(completion, election):
    """Whoever gives more points pays more, up to all they have."""
    assume(election.profile.voters)
    outcome = count(election, completion=completion, by="score")
    left = pay(outcome, election)
    _, _, ballots, _ = plain(election)
    for decision in outcome.decisions:
        if "could_carry" in decision.facts:
            mine = [p for p, b in zip(left, ballots, strict=True) if decision.project in b]
            assert Fraction(decision.facts["could_carry"]) == sum(mine)


def spent_by(project, outcome, election):
    """What the supporters of a project paid for every other one, voter by voter."""
    costs, _, ballots, _ = plain(election)
    purses = [Fraction(outcome.facts["endowment"])] * len(ballots)
    spent = {}
    for bought in outcome.selected:
        if costs[bought]:
            price = Fraction(outcome.decision(bought).facts["price"])
            for voter, ballot in enumerate(ballots):
                bill = min(purses[voter], price) if bought in ballot else 0
                purses[voter] -= bill
                if project in ballot and bill:
                    spent[bought] = spent.get(bought, 0) + bill
    return spent


@drawn(120)
@given(elections(max_projects=5))
def test_every_group_gets_its_share_up_to_one_project(election):
    """EJR+ up to any project (Brill and Peters 2023), for utilities by cost."""
    assume(election.profile.voters)
    costs, budget, ballots, _ = plain(election)
    selected = set(count(election, completion="none").selected)
    for project, cost in costs.items():
        if project in selected:
            continue
        worth = sorted(
            sum(costs[one] for one in ballot.keys() & selected)
            for ballot in ballots
            if project in ballot
        )
        for size, most in enumerate(worth, start=1):
            assert (most + cost) * len(ballots) > size * budget or cost == 0


@drawn(80)
@given(elections(max_projects=4))
def test_cohesive_groups_are_served_up_to_one_project_by_numbers(election):
    """EJR up to one project (Peters, Pierczyński and Skowron 2021), for utilities of 1."""
    assume(election.profile.voters)
    costs, budget, ballots, _ = plain(election)
    won = set(count(election, completion="none", utility="cardinality").selected)
    for size in range(1, len(costs) + 1):
        for wanted in map(set, combinations(costs, size)):
            unserved = [
                ballot.keys()
                for ballot in ballots
                if wanted <= ballot.keys()
                and len(ballot.keys() & won) < size
                and not any(len(ballot.keys() & (won | {one})) > size for one in wanted)
            ]
            needed = sum(costs[one] for one in wanted) * len(ballots)
            assert len(unserved) * budget < needed or not unserved


@pytest.mark.parametrize("completion", COMPLETIONS)
@drawn(30)
@given(election=elections(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_projects_says_nothing(completion, election, shuffle):
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    projects = list(election.projects)
    shuffle.shuffle(ballots)
    shuffle.shuffle(projects)
    other = replace(election, profile=Profile.of(ballots), projects=tuple(projects))
    assert (
        count(other, completion=completion).selected
        == count(election, completion=completion).selected
    )


@pytest.mark.parametrize("completion", COMPLETIONS)
@drawn(30)
@given(election=elections())
def test_other_names_give_the_same_outcome_under_those_names(completion, election):
    names = {project.id: f"x{at}" for at, project in enumerate(reversed(election.projects))}
    ballots = [
        Ballot.choosing(BallotFormat.APPROVAL, [names[mark.project] for mark in ballot.marks])
        for ballot, times in election.profile.groups
        for _ in range(times)
    ]
    other = replace(
        election,
        projects=tuple(Project(names[p.id], p.cost) for p in election.projects),
        profile=Profile.of(ballots),
        lot=tuple(names[one] for one in election.lot),
    )
    expected = [names[one] for one in count(election, completion=completion).selected]
    assert list(count(other, completion=completion).selected) == expected


def test_who_has_exactly_nothing_left_pays_for_nothing_more():
    broke = an_election({"a": 100, "b": 50}, 150, ["ab", "a", "b"])
    outcome = count(broke, completion="none")
    assert outcome.selected == ("a", "b")
    assert outcome.decision("b").facts == {
        "step": 2,
        "price": 50,
        "paid_in_full": 1,
        "paid_the_rest": 0,
    }


def test_many_exact_ties_follow_the_lot_and_name_a_bounded_number():
    names = [f"p{at:03}" for at in range(300)]
    election = an_election(dict.fromkeys(names, 10), 1000, [names] * 3, lot=list(reversed(names)))
    outcome = count(election, completion="none")
    assert list(outcome.selected) == list(reversed(names))[:100]
    tied = outcome.decision("p299").tied_with
    assert list(tied) == list(reversed(names))[1:26]
