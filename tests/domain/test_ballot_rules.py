"""The part of a round file about the ballot, and what it makes of the ballot paper."""

import dataclasses

import pytest

from pb_engine.ballots import BallotFormat, PaperGroup
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.domain.rounds import ChoiceLimit
from pb_engine.errors import InvalidRound
from pb_engine.services.papers import make_paper
from pb_engine.tallying import Project
from pb_engine.units import AreaId, Cents, ProjectId
from tests.builders import a_round, both

WORDS = [{"nl": one, "en": one} for one in ("slecht", "matig", "goed")]
GREEN = {"theme": "groen", "max_choices": 1}


def document(**ballot):
    told = round_document(a_round())
    told["ballot"] = {**told["ballot"], **ballot}
    return told


def rules(**ballot):
    return read_round(document(**ballot), "proef.toml").ballot


def test_points_grades_and_limits_survive_the_document():
    ballot = dataclasses.replace(
        a_round().ballot,
        format=BallotFormat.SCORE,
        max_points=1,
        grades=(both("nee", "no"), both("ja", "yes")),
        limits=(ChoiceLimit(1, theme="groen"), ChoiceLimit(2, area=AreaId("noord"))),
    )
    round_ = a_round(ballot=ballot)
    assert read_round(round_document(round_), "proef.toml") == round_


def test_a_round_without_them_keeps_the_spelling_it_always_had():
    assert set(round_document(a_round())["ballot"]) == {
        "format",
        "max_choices",
        "may_change",
        "min_choices",
    }


@pytest.mark.parametrize(
    ("ballot", "words"),
    [
        ({"format": "points"}, "max_points: is required for a points ballot"),
        ({"format": "points", "max_points": 2}, "max_points: must not be below max_choices"),
        ({"format": "points", "max_points": 101}, "whole number from 1 to 100"),
        ({"format": "score"}, "max_points: is required for a score ballot"),
        ({"format": "score", "max_points": 11}, "the highest grade of a score ballot is at most"),
        ({"format": "score", "max_points": 3, "grades": WORDS}, "grades: needs a word for each"),
        ({"max_points": 3}, "max_points: is for points and score ballots only"),
        ({"format": "ranking", "grades": WORDS}, "grades: is for score ballots only"),
        ({"limits": [{"max_choices": 1}]}, "name a theme or an area"),
        ({"limits": [{**GREEN, "area": "noord"}]}, "name a theme or an area"),
        ({"limits": [{"theme": "blauw", "max_choices": 1}]}, "'blauw' is not in submission.themes"),
        ({"limits": [{"area": "zuid", "max_choices": 1}]}, "'zuid' is not in areas.tree"),
        ({"limits": [GREEN, GREEN]}, "two limits bear one name"),
        ({"limits": []}, "limits"),
    ],
)
def test_what_does_not_go_together_is_refused_by_key(ballot, words):
    with pytest.raises(InvalidRound) as refused:
        rules(**ballot)
    assert words in str(refused.value)


def test_a_paper_has_a_group_for_each_limit_that_a_ballot_could_break():
    limits = (
        ChoiceLimit(1, theme="groen"),
        ChoiceLimit(1, area=AreaId("noord")),
        ChoiceLimit(1, theme="spelen"),
    )
    round_ = a_round(ballot=dataclasses.replace(a_round().ballot, limits=limits))
    names = [ProjectId(one) for one in ("a", "b", "c", "d")]
    projects = tuple(Project(name, Cents(100), name) for name in names)
    areas = [AreaId("mekkelholt"), AreaId("roombeek"), None, AreaId("GM0153")]
    where = list(zip(names, ["groen", "groen", "groen", "spelen"], areas, strict=True))
    groups = make_paper(round_, projects, where).groups
    assert groups == (
        PaperGroup("groen", ("a", "b", "c"), 1),
        PaperGroup("Noord", ("a", "b"), 1),
    )
