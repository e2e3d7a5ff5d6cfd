"""Ballots that are drawn: they follow their paper, and never change under one seed."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat, BallotPaper, PaperLine, ballot_bytes
from pb_engine.errors import InvalidBallot, TallyRefused
from pb_engine.tallying import Profile, Project
from pb_engine.tallying.simulating import (
    BOOTSTRAP,
    MODELS,
    Choice,
    Plan,
    Scene,
    draw_ballots,
)
from pb_engine.units import Cents, ProjectId
from tests.tallying.simulating.scenes import AREAS, FORMATS, THEMES, a_paper, a_scene


@st.composite
def scenes(draw):
    costs = draw(st.lists(st.integers(0, 900), min_size=1, max_size=9))
    return Scene(
        tuple(
            Choice(
                Project(ProjectId(f"p{at}"), Cents(cost)),
                draw(st.sampled_from(["noord", "zuid", ""])) if at else "noord",
                draw(st.sampled_from(THEMES)),
            )
            for at, cost in enumerate(costs)
        ),
        Cents(draw(st.integers(0, 2000))),
        draw(st.sampled_from([(), (("noord", 2), ("zuid", 5))])),
    )


@st.composite
def papers(draw, scene):
    number = len(scene.choices)
    most = draw(st.integers(1, number + 2))
    return BallotPaper(
        format=draw(st.sampled_from(FORMATS)),
        lines=tuple(PaperLine(p.id, p.cost) for p in scene.projects),
        min_choices=draw(st.integers(0, most)),
        max_choices=most,
        spend_limit=draw(st.none() | st.integers(0, 2500).map(Cents)),
        max_points=draw(st.none() | st.integers(1, 12)),
    )


@given(st.data(), st.sampled_from(sorted(MODELS)), st.text(max_size=5), st.integers(0, 40))
def test_every_ballot_follows_its_paper_or_the_paper_is_refused(given_, model, seed, strength):
    scene = given_.draw(scenes())
    paper = given_.draw(papers(scene))
    plan = Plan(scene, model, 6, seed, strength)
    if not _some_ballot(paper):
        with pytest.raises(TallyRefused, match="nobody can fill in this ballot paper"):
            draw_ballots(plan, paper)
        return
    ballots = draw_ballots(plan, paper)
    assert len(ballots) == 6
    for ballot in ballots:
        paper.check(ballot)
        assert ballot.marks or paper.min_choices == 0
    assert ballots == draw_ballots(plan, paper)


def _some_ballot(paper):
    """Say whether the easiest ballot with a mark follows the paper."""
    least = max(1, paper.min_choices)
    cheapest = sorted(paper.lines, key=lambda line: line.cost)[:least]
    weighed = {BallotFormat.RANKING: range(1, least + 1), BallotFormat.SCORE: [0] * least}
    weights = weighed.get(paper.format, [1] * least)
    ballot = Ballot.weighing(
        paper.format, dict(zip([line.project for line in cheapest], weights, strict=False))
    )
    if len(cheapest) < least or (paper.format is BallotFormat.SINGLE and least > 1):
        return False
    try:
        paper.check(ballot)
    except InvalidBallot:
        return False
    return True


GOLDEN = {
    "impartial": "f3da74b3306a479e",
    "popularity": "bc25f2fc0e52c378",
    "urn": "90661316d8efd513",
    "resampling": "774cc2ec98e82def",
    "neighbourhood": "afd5f97fc65b0fd3",
    "themes": "422ed09c6f4ba5fe",
    "cheap": "b6d8680c7d02fc4c",
    "dear": "02176f0366056b36",
    "bootstrap": "dbf8e58363fbca10",
}


def fingerprint(model, scene=None):
    """SHA-256 over the bytes of ballots of all formats, from two repeats."""
    scene = scene or a_scene()
    digest = hashlib.sha256()
    pool = Profile.of(draw_ballots(Plan(scene, "popularity", 20, "pool"), a_paper(scene)))
    formats = [BallotFormat.APPROVAL] if model == BOOTSTRAP else FORMATS
    for ballot_format in formats:
        for repeat in (0, 1):
            plan = Plan(scene, model, 25, "gouden zaad", pool=pool)
            for ballot in draw_ballots(plan, a_paper(scene, ballot_format, least=0), repeat):
                digest.update(ballot_bytes(ballot) + b"\n")
    return digest.hexdigest()[:16]


@pytest.mark.parametrize("model", [*MODELS, BOOTSTRAP])
def test_the_same_seed_gives_the_same_bytes_for_ever(model):
    assert fingerprint(model) == GOLDEN[model]


@pytest.mark.parametrize("model", [*MODELS, BOOTSTRAP])
def test_another_seed_or_repeat_gives_other_ballots(model):
    scene = a_scene()
    paper = a_paper(scene)
    pool = Profile.of(draw_ballots(Plan(scene, "impartial", 50), paper))
    one, other = (Plan(scene, model, 40, seed, pool=pool) for seed in ("a", "b"))
    assert draw_ballots(one, paper) != draw_ballots(other, paper)
    assert draw_ballots(one, paper) != draw_ballots(one, paper, 1)


def test_blank_ballots_come_only_where_the_paper_allows_them():
    scene = a_scene()
    plan = Plan(scene, "impartial", 2000)
    blank = [b for b in draw_ballots(plan, a_paper(scene, least=0)) if not b.marks]
    assert 20 < len(blank) < 65
    assert all(ballot.marks for ballot in draw_ballots(plan, a_paper(scene, least=1)))


def test_a_basket_keeps_room_for_the_least_number_of_marks():
    """Whoever puts the dearest of these first has to leave it out, or could not mark two."""
    projects = [Project(ProjectId(f"p{cost}"), Cents(cost)) for cost in (5, 4, 9)]
    scene = Scene(tuple(Choice(project) for project in projects), Cents(10))
    paper = a_paper(scene, BallotFormat.BASKET, least=2)
    for ballot in draw_ballots(Plan(scene, "impartial", 60), paper):
        paper.check(ballot)
        assert ballot.projects == ("p4", "p5")


def test_all_points_are_given_and_most_go_to_the_first_choice():
    scene = a_scene()
    paper = a_paper(scene, BallotFormat.POINTS, most=3, points=12)
    ballots = draw_ballots(Plan(scene, "impartial", 300), paper)
    assert {sum(mark.weight for mark in ballot.marks) for ballot in ballots} == {12}


def test_grades_run_from_the_top_of_the_scale_to_nothing():
    scene = a_scene(6)
    paper = a_paper(scene, BallotFormat.SCORE, grade=5)
    (ballot,) = draw_ballots(Plan(scene, "impartial", 1), paper)
    assert sorted(mark.weight for mark in ballot.marks) == [0, 1, 2, 3, 4, 5]


def test_tastes_are_the_same_on_papers_of_all_formats():
    scene = a_scene()
    plan = Plan(scene, "popularity", 50)
    single = draw_ballots(plan, a_paper(scene, BallotFormat.SINGLE))
    ranking = draw_ballots(plan, a_paper(scene, BallotFormat.RANKING))
    firsts = [next(m.project for m in ballot.marks if m.weight == 1) for ballot in ranking]
    assert firsts == [ballot.projects[0] for ballot in single]


def test_bootstrap_draws_only_what_was_cast_and_in_proportion():
    scene = a_scene(3)
    often, rare = (Ballot.choosing(BallotFormat.APPROVAL, [name]) for name in ("p00", "p01"))
    pool = Profile.of([often] * 3 + [rare])
    drawn = draw_ballots(Plan(scene, BOOTSTRAP, 4000, pool=pool), a_paper(scene))
    assert set(drawn) == {often, rare}
    assert 2850 < drawn.count(often) < 3150


def test_bootstrap_leaves_out_ballots_that_do_not_follow_the_paper():
    scene = a_scene(3)
    good = Ballot.choosing(BallotFormat.APPROVAL, ["p00"])
    wrong = Ballot.choosing(BallotFormat.APPROVAL, ["p00", "p01"])
    paper = a_paper(scene, most=1)
    plan = Plan(scene, BOOTSTRAP, 30, pool=Profile.of([good, wrong]))
    assert set(draw_ballots(plan, paper)) == {good}
    nothing = Plan(scene, BOOTSTRAP, 30, pool=Profile.of([wrong]))
    with pytest.raises(TallyRefused, match="nothing to draw from"):
        draw_ballots(nothing, paper)
    with pytest.raises(TallyRefused, match="give a Pabulib file"):
        draw_ballots(Plan(scene, BOOTSTRAP, 30), paper)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"model": "glazen bol"}, "no model 'glazen bol'; there are impartial"),
        ({"ballots": 200_001}, "between 0 and 200000"),
        ({"ballots": -1}, "between 0 and 200000"),
        ({"strength": 1001}, "strength lies between 0 and 1000"),
    ],
)
def test_a_plan_outside_its_bounds_is_refused(changes, words):
    scene = a_scene()
    with pytest.raises(TallyRefused, match=words):
        draw_ballots(Plan(**{"scene": scene, **changes}), a_paper(scene))


@pytest.mark.parametrize(("model", "lacking"), [("neighbourhood", "area"), ("themes", "theme")])
def test_a_model_with_nothing_to_go_by_says_so(model, lacking):
    plain = tuple(Choice(project) for project in a_scene().projects)
    for scene in (Scene(plain, Cents(1)), Scene(plain, Cents(1), tuple((a, 1) for a in AREAS))):
        with pytest.raises(TallyRefused, match=f"no project has an? {lacking}"):
            draw_ballots(Plan(scene, model), a_paper(scene))


def test_a_paper_of_another_round_is_refused():
    with pytest.raises(TallyRefused, match="other projects"):
        draw_ballots(Plan(a_scene(5)), a_paper(a_scene(6)))
