"""Pointing at the map in the form for an idea: no script, and never the only way."""

import re
from urllib.parse import unquote

import pytest

from pb_engine.domain.outlines import holds
from pb_engine.services.idea_spots import rounded
from tests.builders import a_round_in
from tests.submitting import fill_in
from tests.web.test_idea_map import draw
from tests.web.test_resident_ideas import IDEA
from tests.web.visitor import Visitor
from web.figures.area_map import Projection
from web.figures.spot_image import draw_spots, onto, pointed_at

NEW = "~/ideeen/nieuw"
PLACE = f"{NEW}/plek"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    staged = a_round_in(tmp_path_factory.mktemp("place"), "ideas")
    draw(Visitor(staged))
    return staged


@pytest.fixture
def visitor(made):
    visitor = Visitor(made)
    fill_in(visitor, NEW, **{name: IDEA[name] for name in ("title", "description", "theme")})
    return visitor


def point(visitor, x, y, **typed):
    return visitor.send(
        visitor.get(PLACE), "spot", **{"point.x": str(x), "point.y": str(y), **typed}
    )


def kept(page):
    return dict(page.form("spot").fields)


def test_a_click_chooses_the_area_and_a_dot_and_keeps_what_was_typed(visitor):
    page = visitor.get(PLACE)
    assert '<input type="image" class="spot" name="point" src="data:image/svg' in page.html
    assert "Kies dan de buurt in de lijst" in page.text
    page = point(visitor, 124, 200, area="", place="bij de vijver")
    assert "U koos: Mekkelholt." in page.text
    assert kept(page)["area"] == "mekkelholt"
    assert kept(page)["place"] == "bij de vijver"
    assert "firebrick" in unquote(page.html)
    east, north = map(int, kept(page)["spot"].split(","))
    assert abs(east - 6_850_000) < 300
    assert abs(north - 52_250_000) < 300
    assert east % 100 == north % 100 == 0
    # The picture shows more around the area now: the same pixel is farther from the middle.
    nearer = kept(point(visitor, 180, 200))["spot"].split(",")[0]
    whole = visitor.send(visitor.get(PLACE), "spot", step="spot-whole")
    pointed = visitor.send(whole, "spot", **{"point.x": "180", "point.y": "200"})
    assert int(nearer) > int(kept(pointed)["spot"].split(",")[0]) > east


def test_enter_leads_on_and_points_at_nothing(visitor):
    form = visitor.get(PLACE).html.split('id="idee"')[1]
    assert re.search(r'type="(submit|image)"', form)[1] == "submit"
    page = visitor.send(visitor.get(PLACE), "spot", step="on")
    assert page.path.endswith("/kosten")


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [
        (1, 1, "ligt buiten het gebied"),
        ("999999", "3", "ligt buiten het gebied"),
        (0, 0, "Met het toetsenbord kan dit niet"),
        ("-4", "<b>", "Met het toetsenbord kan dit niet"),
    ],
)
def test_what_points_at_no_area_is_a_sentence_and_loses_nothing(visitor, x, y, told):
    page = point(visitor, x, y, place="bij de vijver")
    assert page.status == 422
    assert told in page.text
    assert kept(page)["spot"] == ""
    assert kept(page)["place"] == "bij de vijver"


def finish(visitor, page, **ticks):
    page = visitor.send(page, "spot", step="on", **ticks)
    page = visitor.send(page, "cost", step="on", cost="500")
    page = visitor.send(page, "photo", step="on")
    return visitor.send(page, "name", step="on", name="Noor")


def stored(visitor, done):
    with visitor.engine.stores.site.read() as work:
        return work.ideas.get(visitor.slug, done.path.split("/")[3])


def test_only_a_tick_puts_the_dot_on_the_website(visitor):
    last = finish(visitor, point(visitor, 140, 200))
    assert "de stip komt niet op de website" in last.text
    assert stored(visitor, visitor.send(last, "step")).latitude_e6 is None
    fill_in(visitor, NEW, **{name: IDEA[name] for name in ("title", "description", "theme")})
    last = finish(visitor, point(visitor, 140, 200), spot_ok="ja")
    assert "iedereen kan de stip zien" in last.text
    idea = stored(visitor, visitor.send(last, "step"))
    assert idea.area == "mekkelholt"
    assert 52_200_000 < idea.latitude_e6 < 52_300_000
    assert "<circle" in visitor.get("~/ideeen/kaart").html


def test_a_dot_can_be_taken_away_and_the_whole_map_be_shown_again(visitor):
    page = point(visitor, 140, 200)
    assert ("view", "mekkelholt") in page.form("spot").fields
    whole = visitor.send(page, "spot", step="spot-whole")
    assert ("view", "") in whole.form("spot").fields
    assert kept(whole)["spot"]
    assert kept(visitor.send(whole, "spot", step="spot-off"))["spot"] == ""


@pytest.mark.parametrize("forged", ["9000000,52250000", "6850000;52250000", "1,2,3"])
def test_a_forged_dot_is_refused_before_it_is_submitted(visitor, forged):
    page = visitor.send(visitor.get(PLACE), "spot", step="on", spot=forged, spot_ok="ja")
    assert page.status == 422
    assert "ligt buiten het gebied" in page.text


def test_without_outlines_the_step_has_no_map(collecting):
    fill_in(collecting, NEW, **{name: IDEA[name] for name in ("title", "description", "theme")})
    page = collecting.get(PLACE)
    assert page.status == 200
    assert 'type="image"' not in page.html


def test_a_pixel_and_its_point_agree_on_every_picture():
    ring = ((0, 52_000_000), (90_000, 52_000_000), (90_000, 52_200_000), (0, 52_000_000))
    hole = ((70_000, 52_040_000), (80_000, 52_040_000), (80_000, 52_060_000), (70_000, 52_040_000))
    outline = ((ring, hole),)
    for projection in (onto([outline]), onto([outline], outline)):
        assert isinstance(projection, Projection)
        image = draw_spots([], projection, None)
        assert image.width <= 256
        assert image.height <= 400
        at = pointed_at(projection, image.width // 2, image.height // 2)
        x, y = projection.placed(at)
        assert abs(x - projection.width / 2) <= 4
        assert abs(y - projection.height / 2) <= 4
    assert holds(outline, (60_000, 52_050_000))
    assert not holds(outline, (78_000, 52_042_000))
    assert not holds(outline, (10_000, 52_150_000))
    assert rounded((6_850_049, -51)) == (6_850_000, -100)
