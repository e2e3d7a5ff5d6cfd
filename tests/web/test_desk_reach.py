"""From which neighbourhoods ideas come, while there is still time to go there."""

import dataclasses

import pytest

from pb_engine.domain.areas import AreaTree
from pb_engine.services.ideas import submit_idea
from pb_engine.services.reach import per_thousand, reach
from tests.builders import AREAS, a_draft, a_round, a_round_in
from tests.web.desk_visitor import TEAM, desk_of

PEOPLE = {"noord": 3000, "mekkelholt": 1000, "roombeek": 1200}


@pytest.mark.parametrize(
    ("ideas", "residents", "tenths"), [(4, 1000, 40), (1, 2605, 4), (0, 5, 0), (3, None, None)]
)
def test_ideas_per_thousand_residents_are_rounded_to_a_tenth(ideas, residents, tenths):
    assert per_thousand(ideas, residents) == tenths


def test_the_neighbourhood_with_the_fewest_ideas_per_resident_stands_on_top(tmp_path):
    areas = [dataclasses.replace(one, residents=PEOPLE.get(one.id)) for one in AREAS.areas]
    tree = AreaTree(tuple(areas), AREAS.addresses)
    voters = dataclasses.replace(a_round().voters, areas=("noord",))
    staged = a_round_in(tmp_path, "ideas", round_=a_round(areas=tree, voters=voters))
    submit_idea(staged.engine, staged.slug, a_draft("Overal", area=None))
    found = reach(staged.engine, staged.slug)
    told = [(one.area.id, one.ideas, one.tenths) for one in found.areas]
    assert told[:2] == [("roombeek", 0, 0), ("noord", 4, 13)]
    assert ("mekkelholt", 4, 40) in told
    assert (found.nowhere, found.ideas) == (1, 5)
    page = desk_of(staged, TEAM).get("~/ideeen/per-buurt")
    assert page.text.index("Roombeek") < page.text.index("Mekkelholt")
    assert "4,0" in page.text
    assert "Letter op de kaart" not in page.text  # there is no map of these
    assert "1 idee is niet voor één buurt." in page.text
