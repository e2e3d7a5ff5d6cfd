"""Which projects lie where."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from pb_engine.domain.areas import Area, AreaKind, AreaTree
from pb_engine.services.places import places_of
from pb_engine.services.results import results_page
from pb_engine.tallying import Project
from tests.builders import a_round, a_round_in

CITY = Area("city", AreaKind.MUNICIPALITY, "Stad")
NORTH = Area("north", AreaKind.DISTRICT, "Noord", "city", 100)
SOUTH = Area("south", AreaKind.DISTRICT, "Zuid", "city", 300)
STREET = Area("street", AreaKind.SUB_NEIGHBOURHOOD, "Straat", "north")
PROJECTS = [Project(name, 100) for name in ("a", "b", "c", "d")]


def ideas(**areas):
    return {name: SimpleNamespace(area=area) for name, area in areas.items()}


def places(*areas, **where):
    return [
        (place.name, "".join(sorted(place.projects)), place.residents)
        for place in places_of(replace(a_round(), areas=AreaTree(areas)), PROJECTS, ideas(**where))
    ]


def test_a_project_lies_in_the_counted_area_that_holds_it():
    found = places(CITY, NORTH, SOUTH, STREET, a="street", b="south", c="north", d=None)
    assert found == [("Noord", "ac", 100), ("Zuid", "b", 300)]


def test_without_residents_the_areas_that_ideas_name_are_the_places():
    north, south = replace(NORTH, residents=None), replace(SOUTH, residents=None)
    found = places(CITY, north, south, STREET, a="north", b="south")
    assert found == [("Noord", "a", None), ("Zuid", "b", None)]


def test_a_counted_area_within_another_counts_nobody_twice():
    part = replace(STREET, residents=10)
    found = places(CITY, NORTH, SOUTH, part, a="street", b="south")
    assert found == [("Noord", "a", 100), ("Zuid", "b", 300)]


@pytest.mark.parametrize("where", [{}, {"a": "city"}, {"a": None, "b": None}])
def test_one_place_or_none_is_no_comparison(where):
    assert places(CITY, NORTH, SOUTH, **where) == []
    assert places(CITY, a="city") == []


def test_an_idea_that_is_gone_lies_nowhere():
    assert places(CITY, NORTH, SOUTH, a="north") == [("Noord", "a", 100), ("Zuid", "", 300)]


def test_the_result_tells_a_story_in_the_words_of_the_rule(tmp_path):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    staged = a_round_in(tmp_path, "published", votes=votes)
    page = results_page(staged.engine, staged.slug)
    (story,) = [figure for figure in page.figures if hasattr(figure, "steps")]
    sentences = {row.title: row.sentence for row in page.rows}
    assert {step.label.nl: step.why for step in story.steps} == {
        title: sentence for title, sentence in sentences.items() if title in votes
    }
