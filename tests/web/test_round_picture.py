"""The photograph and the short address of a round."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from pb_engine.domain.short_names import RESERVED
from pb_engine.errors import InvalidRound
from pb_engine.services.round_files import read_round_text, round_text
from pb_engine.services.rounds import add_round
from tests.builders import a_round, an_engine
from tests.web.desk_visitor import TEAM, a_file, desk_of
from tests.web.visitor import Visitor


def a_photo(size=(2000, 1200)):
    to = BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(to, "JPEG")
    return a_file(to.getvalue() + b"GPS 52.2, 6.9", "foto.jpg")


def give(desk, **values):
    page = desk.get("~/")
    return desk.send(page, page.form("alternative"), **{"photo": a_photo(), **values})


def test_a_photograph_shows_on_the_first_page_and_the_round_and_goes_again(staged):
    ideas = staged("ideas")
    desk, public = desk_of(ideas, TEAM), Visitor(ideas)
    assert "De foto staat op de website." in give(desk, alternative="Het plein").text
    sources = set()
    for path in ("/", "~/"):
        html = public.get(path).html
        assert 'alt="Het plein" lang="nl"' in html
        assert 'loading="lazy"' in html
        sources.add(html.split('<img src="')[1].split('"')[0])
    (source,) = sources
    body = public.get(source).body
    assert len(body) < 60_000
    assert b"GPS" not in body
    give(desk, alternative="Een ander plein")
    assert public.get("/").html.count("<img") == 1
    assert "Een ander plein" in public.get("~/").html
    page = desk.get("~/")
    desk.send(page, next(one for one in page.forms if one.action.endswith("/foto/weghalen")))
    assert "<img" not in public.get("~/").html
    assert public.get(source).status == 404


def test_a_photograph_without_words_or_a_file_that_is_none_changes_nothing(staged):
    ideas = staged("ideas")
    desk = desk_of(ideas, TEAM)
    assert give(desk, alternative=" ").status == 422
    assert "geen JPEG, PNG of WebP" in give(desk, alternative="x", photo=a_file(b"<svg/>")).text
    assert "Kies eerst een foto." in give(desk, alternative="x", photo=a_file(b"")).text
    assert "<img" not in Visitor(ideas).get("~/").html


def test_a_short_address_leads_to_the_round_whatever_the_capitals(staged):
    ideas = staged("ideas")
    add_round(ideas.engine, a_round(slug="kort-2027", short="kort"), "test")
    public = Visitor(ideas)
    for path in ("/kort/", "/KORT/"):
        answer = public.client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (302, "/kort-2027/")
    assert public.get("/lang/").status == 404
    assert public.get("/kort-2027/poster").text.count("/kort") >= 1
    assert "/kort-2027" not in public.get("/kort-2027/poster").text


def test_a_short_address_belongs_to_one_round_and_never_to_the_site(tmp_path):
    engine = an_engine(tmp_path)
    add_round(engine, a_round(short="dm"), "test")
    for other in (
        a_round(slug="tweede-2027", short="dm"),
        a_round(slug="tweede-2027", short="proef-2027"),
        a_round(slug="dm"),
    ):
        with pytest.raises(InvalidRound, match="proef-2027"):
            add_round(engine, other, "test")


@pytest.mark.parametrize("wrong", ["d", "DM", "a b", "beheer", "-dm", "x" * 21, "../"])
def test_what_is_no_short_address_is_refused_by_name(wrong):
    text = round_text(replace(a_round(), short="goed")).replace('"goed"', f'"{wrong}"')
    with pytest.raises(InvalidRound, match="short"):
        read_round_text(text.encode(), "ronde.toml")


def test_every_first_part_of_an_address_of_the_site_is_reserved(staged):
    rules = Visitor(staged("ideas")).app.url_map.iter_rules()
    firsts = {rule.rule.split("/")[1].partition(".")[0] for rule in rules}
    assert {one for one in firsts if one and not one.startswith("<")} <= RESERVED


def test_a_round_without_a_short_address_keeps_its_digest():
    assert "short" not in round_text(a_round())
