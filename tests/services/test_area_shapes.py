"""Outlines of areas from a GeoJSON file, and the counts on the map."""

import json

import pytest

from pb_engine.errors import InvalidRound
from pb_engine.services.area_shapes import area_map, import_shapes
from pb_engine.services.geojson import geometry_text, read_geometry, read_outlines
from pb_engine.services.ideas import submit_idea
from tests.builders import a_draft, a_round_in

SQUARE = [[6.8, 52.2], [6.9, 52.2], [6.9, 52.3], [6.8, 52.3], [6.8, 52.2]]


def feature(code="mekkelholt", rings=None, **geometry):
    shape = {"type": "Polygon", "coordinates": rings or [SQUARE], **geometry}
    return {"type": "Feature", "properties": {"code": code, "naam": "X"}, "geometry": shape}


def file(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def take_in(staged, raw, code="code", source="verzonnen"):
    return import_shapes(staged.engine, raw, code=code, source=source, by="operator:test")


@pytest.fixture
def collecting(tmp_path):
    return a_round_in(tmp_path, "ideas")


def test_outlines_are_taken_in_and_written_down(collecting):
    done = take_in(collecting, file(feature(), feature("elders")))
    assert (done.areas, done.points, done.before) == (2, 10, 10)
    assert done.rounds == (("proef-2027", 1, 1),)
    with collecting.engine.stores.site.read() as work:
        assert [shape.area for shape in work.shapes.of(["mekkelholt", "weg"])] == ["mekkelholt"]
        last = work.log.last()
    assert (last.event.name, last.event.facts["areas"]) == ("areas_drawn", 2)


def test_a_second_file_replaces_and_adds(collecting):
    take_in(collecting, file(feature()), source="eerst")
    take_in(collecting, file(feature(), feature("roombeek")), source="later")
    with collecting.engine.stores.site.read() as work:
        assert work.shapes.codes() == ("mekkelholt", "roombeek")
        assert work.shapes.of(["mekkelholt"])[0].source == "later"


def test_the_map_counts_an_area_with_all_in_it_and_draws_the_smallest(collecting):
    submit_idea(collecting.engine, collecting.slug, a_draft("Overal", area=None))
    page = area_map(collecting.engine, collecting.slug)
    assert [(one.area.name, one.ideas, one.outline) for one in page.areas] == [
        ("Mekkelholt", 4, None)
    ]
    assert (page.elsewhere, page.total, page.sources) == (1, 5, ())
    take_in(collecting, file(feature(), feature("noord")))
    page = area_map(collecting.engine, collecting.slug)
    assert [bool(one.outline) for one in page.areas] == [True]
    assert page.sources == ("verzonnen",)


def test_a_geometry_comes_back_as_it_was():
    outline = read_outlines(file(feature(rings=[SQUARE, SQUARE[::-1]]), feature("b")), "code")
    assert read_geometry(geometry_text(outline["mekkelholt"])) == outline["mekkelholt"]
    assert json.loads(geometry_text(outline["b"]))["coordinates"] == [[SQUARE]]


def test_the_usual_names_of_the_code_are_known():
    one = feature()
    one["properties"] = {"statcode": "BU01530403", "id": 7}
    assert list(read_outlines(file(one))) == ["BU01530403"]
    one["properties"] = {"naam": "x"}
    with pytest.raises(InvalidRound, match=r"--code .*naam"):
        read_outlines(file(one))


METRES = [[257_000.5, 471_000.0], [258_000, 471_000], [258_000, 472_000], [257_000.5, 471_000.0]]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "no_geojson"),
        (b"\xff\xfe", "no_geojson"),
        (b"[" * 100_000, "no_geojson"),
        (b"[]", "no_geojson"),
        (b'{"features": {}}', "no_geojson"),
        (b'{"features": [1]}', "no_geojson"),
        (file(), "areas"),
        (file(*[feature(f"a{n}") for n in range(2_001)]), "areas"),
        (file(feature(rings=[METRES])), "projection"),
        (
            file(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}),
            "projection",
        ),
        (file(feature(), feature()), "twice"),
        (file(feature(type="Point", coordinates=[6.8, 52.2])), "kind"),
        (file(feature(type="GeometryCollection")), "kind"),
        (file({**feature(), "geometry": None}), "kind"),
        (file(feature(rings=[SQUARE[:3]])), "open"),
        (file(feature(rings=[SQUARE[:4]])), "open"),
        (file(feature(rings=[[["6.8", "52.2"]] * 4])), "coordinates"),
        (file(feature(rings=[[[6.8]] * 4])), "coordinates"),
        (file(feature(rings=[[[True, False]] * 4])), "coordinates"),
        (file(feature(rings=[6.8])), "coordinates"),
        (file(feature(coordinates=[])), "empty"),
        (file(feature(type="MultiPolygon", coordinates=[])), "empty"),
        (file(feature(rings=[[*SQUARE[:4]] * 6_000 + [SQUARE[0]]])), "points"),
        (file(feature(code="")), "code"),
        (file(feature(code=12)), "code"),
        (file(feature(code="x" * 65)), "code"),
        (file(feature(code="a\u202eb")), "code"),
        (file(feature()).replace(b"52.3", b"NaN"), "number"),
        (file(feature()).replace(b"52.3", b"1e999999999"), "projection"),
        (file(feature()).replace(b"52.3", b"9" * 5_000), "projection"),
        (b" " * 20_000_001, "too_large"),
    ],
)
def test_a_file_that_is_no_map_is_refused_in_a_sentence_and_nothing_is_stored(
    collecting, raw, problem
):
    with pytest.raises(InvalidRound) as refused:
        take_in(collecting, raw)
    assert refused.value.details["problem"] == problem
    assert refused.value.sentence.startswith("areas: ")
    with collecting.engine.stores.site.read() as work:
        assert work.shapes.codes() == ()


@pytest.mark.parametrize("source", ["", " ", "x" * 201, "a\nb"])
def test_whose_outlines_these_are_must_be_said(collecting, source):
    with pytest.raises(InvalidRound, match="whose outlines"):
        take_in(collecting, file(feature()), source=source)
