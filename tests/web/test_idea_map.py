"""The map of a round: drawn on the server, every area a link, and a table that says the same."""

import dataclasses
import re

from pb_engine.services.area_shapes import import_shapes
from tests.services.test_area_shapes import feature, file
from web.figures.area_map import draw_areas, letters


def draw(visitor, source="verzonnen <voorbeeld>"):
    raw = file(feature())
    import_shapes(visitor.engine, raw, code="code", source=source, by="operator:test")


def test_without_outlines_the_table_says_it_all(collecting):
    page = collecting.get("~/ideeen/kaart")
    assert page.status == 200
    assert "nog geen kaart" in page.text
    assert "<svg viewBox" not in page.html.split("<main")[1]
    assert "Mekkelholt – 4" in page.text


def test_every_area_is_a_link_with_a_name_and_a_number(collecting):
    draw(collecting)
    page = collecting.get("~/ideeen/kaart")
    link = '<a href="/proef-2027/ideeen?buurt=mekkelholt" aria-label="A: Mekkelholt, 4 ideeën">'
    assert link in page.html
    assert "Mekkelholt A 4" in page.text
    assert "Omtrek van de buurten: verzonnen &lt;voorbeeld&gt;." in page.html
    assert "style=" not in page.html
    assert "4 ideeën" in collecting.get("~/ideeen?buurt=mekkelholt").text


def test_the_place_of_an_idea_is_a_dot_when_it_lies_on_the_map(collecting):
    draw(collecting)
    with collecting.engine.stores.site.write() as work:
        for title, east in (("AED", 6_850_000), ("Bankjes", 7_500_000)):
            idea = work.ideas.get(collecting.slug, collecting.staged.ideas[title])
            there = dataclasses.replace(idea, latitude_e6=52_250_000, longitude_e6=east)
            work.ideas.save(there, idea.version)
        work.commit()
    page = collecting.get("~/ideeen/kaart")
    assert page.html.count("<circle") == 1
    assert "Een stip is de plek van een idee." in page.text


def test_the_map_is_reached_from_the_list(collecting):
    assert 'href="/proef-2027/ideeen/kaart"' in collecting.get("~/ideeen").html
    assert collecting.get("/bestaat-niet/ideeen/kaart").status == 404


def test_a_drawing_keeps_to_its_frame_and_its_proportions():
    lower = ((0, 52_000_000), (100_000, 52_000_000), (100_000, 52_100_000), (0, 52_000_000))
    drawing = draw_areas([((lower,),)])
    numbers = list(map(int, re.findall(r"\d+", drawing.areas[0].path)))
    assert min(numbers) >= 0
    assert max(numbers[::2]) <= drawing.width
    assert max(numbers[1::2]) <= drawing.height <= 800
    # At 52 degrees north a degree to the east is six tenths of one to the north.
    assert 0.58 < (drawing.width - 16) / (drawing.height - 16) < 0.65
    assert draw_areas([]) is None
    point = ((5, 5), (5, 5), (5, 5), (5, 5))
    assert draw_areas([((point,),)]).areas[0].path


def test_there_are_letters_for_any_number_of_areas():
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
