"""Many simulated rounds under several rules, added up."""

from __future__ import annotations

import dataclasses

import pytest

from pb_engine.ballots import BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.plugins import equal_shares, greedy
from pb_engine.tallying import Profile
from pb_engine.tallying.simulating import (
    Draws,
    Limits,
    Plan,
    Rule,
    draw_ballots,
    experiment,
    paper_for,
    sample_scene,
)
from pb_engine.tallying.simulating.figures import tenths
from pb_engine.units import Cents
from tests.tallying.simulating.scenes import AREAS, FORMATS, a_paper, a_scene


def rule(plugin, name, **settings):
    (method,) = plugin.pb_register_voting_methods()
    chosen = method.settings_schema().load(settings)
    return Rule(name, lambda election: method.tally(election, chosen))


GREEDY = rule(greedy, "greedy")
STOPPING = rule(greedy, "stopping", skip=False)
SHARES = rule(equal_shares, "shares", completion="none")


def one(plan, *rules, repeats=1, **limits):
    (found,) = experiment(plan, [a_paper(plan.scene, **limits)], rules, repeats)
    return found


def test_one_round_is_what_counting_its_ballots_gives():
    scene = a_scene()
    plan = Plan(scene, "popularity", 80, "een")
    found = one(plan, GREEDY)
    profile = Profile.of(draw_ballots(plan, found.paper))
    lot = scene.lot(Draws("een", "lot", 0))
    outcome = GREEDY.tally(scene.election(profile, lot))
    funded = [c for c in scene.choices if c.project.id in outcome.selected]
    (figures,) = found.rules
    assert dict(figures.wins) == dict.fromkeys(outcome.selected, 1)
    assert figures.funded == len(funded)
    assert figures.spent == sum(c.project.cost for c in funded) == sum(figures.areas.values())
    assert figures.areas["noord"] == sum(c.project.cost for c in funded if c.area == "noord")
    marked = sum(
        times for ballot, times in profile.groups if set(ballot.projects) & set(outcome.selected)
    )
    assert figures.without == 80 - marked


def test_repeats_are_added_up():
    plan = Plan(a_scene(), "impartial", 40, "veel")
    found = one(plan, GREEDY, SHARES, repeats=5)
    assert found.repeats == 5
    for figures in found.rules:
        assert figures.refused is None
        assert figures.funded == sum(figures.wins.values())
        assert max(figures.wins.values()) <= 5
        assert figures.spent <= 5 * plan.scene.budget
        assert set(figures.areas) <= set(AREAS)
    assert 0 < found.differ["greedy", "shares"] <= 5


def test_equal_rules_never_differ_and_every_pair_is_told_once():
    plan = Plan(a_scene(), "popularity", 40)
    found = one(plan, GREEDY, dataclasses.replace(GREEDY, name="again"), SHARES, repeats=4)
    assert found.differ["greedy", "again"] == 0
    assert set(found.differ) == {("greedy", "again"), ("greedy", "shares"), ("again", "shares")}
    assert found.differ["greedy", "shares"] == found.differ["again", "shares"]


def test_a_lot_that_decides_is_noticed():
    """Two projects of equal cost, and money for one: with no ballots only the lot decides."""
    scene = a_scene(2)
    equal = tuple(
        dataclasses.replace(c, project=dataclasses.replace(c.project, cost=Cents(600_00)))
        for c in scene.choices
    )
    scene = dataclasses.replace(scene, choices=equal, budget=Cents(1000_00))
    tied = one(Plan(scene, ballots=0), GREEDY, repeats=3)
    assert tied.rules[0].by_lot == 3
    assert len(tied.rules[0].wins) == 2 or sum(tied.rules[0].wins.values()) == 3
    roomy = dataclasses.replace(scene, budget=Cents(1200_00))
    assert one(Plan(roomy, ballots=0), GREEDY, repeats=3).rules[0].by_lot == 0


def test_stopping_at_the_first_that_does_not_fit_never_spends_more():
    found = one(Plan(a_scene(), "dear", 60), GREEDY, STOPPING, repeats=6)
    skipping, stopping = found.rules
    assert stopping.spent < skipping.spent


def test_a_rule_that_refuses_a_format_is_left_out_with_its_sentence():
    def refuse(election):
        raise TallyRefused(f"no {election.profile.format} here")

    refusing = Rule("strict", refuse)
    found = one(Plan(a_scene(), ballots=10), GREEDY, refusing, repeats=2)
    assert found.rules[1].refused == "no approval here"
    assert (found.rules[1].wins, found.rules[1].spent) == ({}, 0)
    assert found.rules[0].refused is None
    assert found.differ == {}


def test_every_format_is_tried_under_its_own_paper():
    scene = a_scene()
    papers = [a_paper(scene, one_format) for one_format in FORMATS]
    found = experiment(Plan(scene, ballots=30), papers, [GREEDY], 2)
    assert [one.paper.format for one in found] == list(FORMATS)
    assert all(one.rules[0].refused is None for one in found)


@pytest.mark.parametrize(
    ("ballot_format", "limits"),
    [
        (BallotFormat.SINGLE, (1, 1, None, None)),
        (BallotFormat.APPROVAL, (1, 4, None, None)),
        (BallotFormat.BASKET, (1, 12, 7_000_00, None)),
        (BallotFormat.POINTS, (1, 4, None, 9)),
        (BallotFormat.SCORE, (1, 12, None, 3)),
        (BallotFormat.RANKING, (1, 4, None, None)),
    ],
)
def test_each_format_takes_the_limits_that_it_knows(ballot_format, limits):
    paper = a_paper(a_scene(), ballot_format, most=4, spend=7_000_00, points=9, grade=3)
    found = (paper.min_choices, paper.max_choices, paper.spend_limit, paper.max_points)
    assert found == limits


def test_a_paper_never_asks_more_than_it_has():
    paper = paper_for(BallotFormat.APPROVAL, a_scene(3).projects, 1, Limits(least=5, most=9))
    assert (paper.min_choices, paper.max_choices) == (3, 3)
    assert a_paper(a_scene(), BallotFormat.BASKET).spend_limit == 10_000_00


def test_invented_projects_keep_to_the_costs_of_the_round():
    residents = (("noord", 2), ("zuid", 1))
    scene = sample_scene(18, Cents(46_000_00), (250_00, 15_000_00), residents, ("groen", "kunst"))
    costs = [project.cost for project in scene.projects]
    assert all(250_00 <= cost <= 15_000_00 for cost in costs)
    assert sum(cost < 7_625_00 for cost in costs) > 9
    assert {choice.area for choice in scene.choices} == {"noord", "zuid", ""}
    assert {choice.theme for choice in scene.choices} == {"groen", "kunst"}
    assert len({project.id for project in scene.projects}) == 18
    assert scene == sample_scene(
        18, Cents(46_000_00), (250_00, 15_000_00), residents, ("groen", "kunst")
    )


def test_invented_projects_of_a_round_with_one_price_have_that_price():
    scene = sample_scene(3, Cents(100), (77, 77))
    assert {project.cost for project in scene.projects} == {77}


def test_averages_have_one_decimal_rounded_half_up():
    assert [tenths(16, 3), tenths(1, 20), tenths(0, 4), tenths(20, 20), tenths(5, 0)] == [
        "5.3",
        "0.1",
        "0.0",
        "1.0",
        "0.0",
    ]
