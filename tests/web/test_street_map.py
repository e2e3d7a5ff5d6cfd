"""The map with streets: only where it is asked for, and then without a hole in the policy."""

import base64
import dataclasses
import hashlib
import tomllib
from pathlib import Path

import pytest

from pb_engine.errors import InvalidSettings
from pb_engine.services.area_shapes import import_shapes
from pb_engine.services.ideas import submit_idea
from pb_engine.settings import read_settings
from tests.builders import a_draft, a_round_in
from tests.services.test_area_shapes import feature, file
from tests.serving import served
from tests.web.test_in_the_browser import look
from tests.web.visitor import Visitor

TILES = "https://tiles.example.org/brt/{z}/{x}/{y}.png"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
KEPT = Path(__file__).parents[2] / "web" / "shared" / "static" / "leaflet"
EVIL = "<img src=x onerror=alert(1)>"


def with_tiles(staged, **changes):
    settings = dataclasses.replace(staged.engine.settings, **changes)
    return dataclasses.replace(staged, engine=dataclasses.replace(staged.engine, settings=settings))


def drawn(staged):
    raw = file(feature())
    import_shapes(staged.engine, raw, code="code", source="verzonnen", by="operator:test")
    made = submit_idea(staged.engine, staged.slug, a_draft(EVIL))
    with staged.engine.stores.site.write() as work:
        idea = work.ideas.get(staged.slug, made.idea.id)
        there = dataclasses.replace(idea, latitude_e6=52_250_000, longitude_e6=6_850_000)
        work.ideas.save(there, idea.version)
        work.commit()
    return staged


def policy_of(page):
    return dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))


def test_without_the_setting_there_is_no_script_and_no_other_host(collecting):
    drawn(collecting.staged)
    page = collecting.get("~/ideeen/kaart")
    assert "<script" not in page.html
    assert "leaflet" not in page.html
    assert policy_of(page)["img-src"] == "'self' data:"


def test_with_the_setting_one_page_may_ask_one_host_for_pictures(collecting):
    staged = with_tiles(drawn(collecting.staged), map_tiles=TILES, map_credit="© <b>Kadaster</b>")
    visitor = Visitor(staged)
    page = visitor.get("~/ideeen/kaart")
    policy = policy_of(page)
    assert policy["img-src"] == "'self' https://tiles.example.org data:"
    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")
    assert page.html.count("<script") == 2
    assert "<b>Kadaster" not in page.html
    assert EVIL not in page.html
    other = visitor.get("~/ideeen")
    assert policy_of(other)["img-src"] == "'self' data:"
    assert "<script" not in other.html


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_map_with_streets_runs_nothing_that_a_resident_wrote(chromium, tmp_path):
    staged = with_tiles(
        drawn(a_round_in(tmp_path, "ideas")), map_tiles=TILES, map_credit="© <b>Kadaster</b>"
    )
    # Axe would measure contrast in the middle of a popup that fades in.
    context = chromium.new_context(
        viewport={"width": 320, "height": 800}, locale="nl-NL", reduced_motion="reduce"
    )
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("dialog", lambda one: said.append(one.message))

    def tile(route):
        asked.append(route.request.headers.get("referer"))
        route.fulfill(body=DOT, content_type="image/png")

    page.route("https://tiles.example.org/**", tile)
    with served(staged.engine) as address:
        page.goto(f"{address}{staged.slug}/ideeen/kaart")
        page.wait_for_load_state("networkidle")
        look(page, scripts=True)
        assert asked == []
        page.get_by_role("button", name="Toon de kaart met straten").click()
        page.wait_for_selector(".leaflet-tile-loaded")
        page.locator("#kaart path.leaflet-interactive").nth(1).click()
        popup = page.locator(".leaflet-popup-content a")
        assert popup.text_content().endswith(EVIL)
        assert page.locator(".leaflet-control-attribution").text_content() == "© <b>Kadaster</b>"
        look(page, scripts=True)
        size = page.locator(".leaflet-control-zoom-in").bounding_box()
        assert min(size["width"], size["height"]) >= 24
        page.locator("figure svg a").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/ideeen?*buurt=mekkelholt*")
        context.close()
    assert asked
    assert set(asked) == {None}
    assert said == []


def test_what_is_kept_of_leaflet_is_what_npm_sent():
    lock = tomllib.loads((KEPT / "lock.toml").read_text(encoding="utf-8"))
    assert {one.name for one in KEPT.iterdir()} == {*lock["sha256"], "lock.toml"}
    for name, digest in lock["sha256"].items():
        assert hashlib.sha256((KEPT / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    "wrong",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org; script-src 'unsafe-inline'/{z}/{x}/{y}",
        "https://*.example.org/{z}/{x}/{y}",
        'https://tiles.example.org/{z}/{x}/{y}" onload="x',
        "javascript:alert({z}{x}{y})",
        "//tiles.example.org/{z}/{x}/{y}",
    ],
)
def test_an_address_of_tiles_that_could_widen_the_policy_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("PB_MAP_TILES", wrong)
    with pytest.raises(InvalidSettings, match="PB_MAP_TILES"):
        read_settings()


def test_an_address_of_tiles_is_read(monkeypatch):
    monkeypatch.setenv("PB_MAP_TILES", TILES)
    assert read_settings().map_tiles == TILES
    monkeypatch.delenv("PB_MAP_TILES")
    assert read_settings().map_tiles is None
