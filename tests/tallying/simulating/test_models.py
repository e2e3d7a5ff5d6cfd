"""What each model says about voters is what its ballots show."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

from pb_engine.ballots import BallotFormat
from pb_engine.tallying.simulating import MODELS, Draws, Plan, draw_ballots
from pb_engine.tallying.simulating.tastes import around, copying, leaning, resampled
from tests.tallying.simulating.scenes import AREAS, a_paper, a_scene

VOTERS = 600


def drawn(model, strength, ballot_format=BallotFormat.APPROVAL):
    scene = a_scene()
    return scene, draw_ballots(
        Plan(scene, model, VOTERS, "richting", strength), a_paper(scene, ballot_format, most=3)
    )


def votes(ballots):
    return Counter(mark.project for ballot in ballots for mark in ballot.marks)


def spread(ballots):
    """Most votes of a project less the fewest."""
    counted = [votes(ballots)[p.id] for p in a_scene().projects]
    return max(counted) - min(counted)


@pytest.mark.parametrize("model", ["popularity", "resampling", "urn"])
def test_a_stronger_pull_makes_votes_more_unequal(model):
    even, pulled = (spread(drawn(model, strength)[1]) for strength in (0, 12))
    assert pulled > 2 * even


@pytest.mark.parametrize("model", sorted(set(MODELS) - {"resampling"}))
def test_without_strength_no_project_is_favoured(model):
    assert spread(drawn(model, 0)[1]) < 60  # of about 100 votes each


def test_impartial_knows_no_strength():
    assert drawn("impartial", 0) == drawn("impartial", 50)


def mean_cost(model, strength):
    scene, ballots = drawn(model, strength)
    costs = {project.id: project.cost for project in scene.projects}
    counted = votes(ballots)
    return sum(costs[name] * times for name, times in counted.items()) // counted.total()


def test_cheap_and_dear_move_the_mean_cost_of_a_vote():
    assert mean_cost("cheap", 8) < mean_cost("cheap", 2) < mean_cost("impartial", 0)
    assert mean_cost("impartial", 0) < mean_cost("dear", 2) < mean_cost("dear", 8)


def same_group(model, strength, group_of):
    """How many pairs of marks on one ballot are of one group, in percent."""
    scene, ballots = drawn(model, strength)
    group = {choice.project.id: group_of(choice) for choice in scene.choices}
    pairs = [
        (group[one], group[other])
        for ballot in ballots
        for one in ballot.projects
        for other in ballot.projects
        if one < other
    ]
    return 100 * sum(one == other for one, other in pairs) // len(pairs)


def test_neighbours_keep_to_their_own_area():
    areas = [same_group("neighbourhood", s, lambda choice: choice.area) for s in (0, 4, 20)]
    assert areas[0] < areas[1] - 5 < areas[2] - 15


def test_an_area_with_three_times_the_residents_gets_most_of_the_votes():
    scene, ballots = drawn("neighbourhood", 20)
    area = {choice.project.id: choice.area for choice in scene.choices}
    counted = Counter()
    for project, times in votes(ballots).items():
        counted[area[project]] += times
    north, south = (counted[name] for name in AREAS)
    assert 2 * south < north < 4 * south


def test_whoever_has_a_subject_keeps_to_it():
    themes = [same_group("themes", s, lambda choice: choice.theme) for s in (0, 4, 20)]
    assert themes[0] < themes[1] - 5 < themes[2] - 15


def test_an_urn_gives_many_equal_ballots():
    alike = [len(set(drawn("urn", s, BallotFormat.RANKING)[1])) for s in (0, 5, 40)]
    assert alike[0] > 3 * alike[1] > 6 * alike[2]


def test_orders_around_a_centre_come_as_often_as_their_distance_says():
    stream = around(Draws("mallows"), [0, 1, 2], 3)  # q is 3 / 6
    seen = Counter(next(stream).order for _ in range(8400))
    every = 1 + 2 * 1 / 2 + 2 * 1 / 4 + 1 / 8
    for order in permutations(range(3)):
        swaps = sum(order.index(a) > order.index(b) for a in range(3) for b in range(a + 1, 3))
        expected = 8400 * 2.0**-swaps / every
        assert abs(seen[order] - expected) < 6 * expected**0.5


def test_a_heavier_class_leads_in_proportion_to_its_weight():
    draws = Draws("luce")
    firsts = Counter(leaning(draws, [(3, [0, 1]), (1, [2, 3])]).order[0] for _ in range(4000))
    assert all(1350 < firsts[at] < 1650 for at in (0, 1))
    assert all(400 < firsts[at] < 600 for at in (2, 3))


def test_an_urn_copies_with_the_stated_chance():
    fresh = 0
    for trial in range(2000):
        stream = copying(Draws("urn", trial), 8, 50)
        first, second = next(stream), next(stream)
        fresh += first.order != second.order
    assert 1270 < fresh < 1400  # 100 in 150


def test_resampling_keeps_the_centre_when_nobody_thinks_anew():
    stream = resampled(Draws("kern"), 9, 3, 10**12)
    sets = {
        frozenset(taste.order[: taste.liked]) for taste, _ in zip(stream, range(40), strict=False)
    }
    assert len(sets) == 1
    assert len(next(iter(sets))) == 3


def test_every_taste_is_an_order_of_all_projects():
    scene = a_scene()
    for model in MODELS.values():
        stream = model.tastes(scene, Draws("heel", model.name), 8)
        for _ in range(20):
            assert sorted(next(stream).order) == list(range(len(scene.choices)))


def test_every_model_has_words_in_both_languages():
    for name, model in MODELS.items():
        assert model.name == name
        assert all((model.label.nl, model.label.en, model.summary.nl, model.summary.en))
