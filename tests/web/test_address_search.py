"""Finding the place of an idea by address: asked of a double on loopback that answers as Solr."""

import contextlib
import dataclasses
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from pb_engine.errors import InvalidIdea, InvalidSettings
from pb_engine.services import address_search
from pb_engine.services.address_search import find_address
from pb_engine.setting_values import asked_server
from tests.builders import a_round_in
from tests.submitting import fill_in
from tests.web.test_idea_map import draw
from tests.web.test_resident_ideas import IDEA
from tests.web.visitor import Visitor

NEW = "~/ideeen/nieuw"
PLACE = f"{NEW}/plek"
ASKED = {"postcode": "7523 ab", "number": "12a"}
HOUSE = {
    "postcode": "7523AB",
    "huisnummer": 12,
    "buurtcode": "mekkelholt",
    "centroide_ll": "POINT(6.85001234 52.25004321)",
}


class Double:
    """A search server: ``body`` is what it answers, ``asked`` what it was asked."""

    def __init__(self):
        self.asked, self.headers, self.wait = [], [], 0.0
        self.finds(HOUSE)

    def finds(self, *documents):
        self.status = 200
        self.body = json.dumps({"response": {"numFound": 1, "docs": documents}}).encode()


@pytest.fixture(scope="module")
def server():
    double = Double()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # the name that the library calls
            double.asked.append(self.path)
            double.headers.append(dict(self.headers))
            with contextlib.suppress(OSError):  # it may have stopped waiting for us
                self.send_response(double.status)
                self.end_headers()
                for byte in range(0, len(double.body), 4096):
                    self.wfile.write(double.body[byte : byte + 4096])
                    time.sleep(double.wait)

        def log_message(self, *_):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    double.url = f"http://127.0.0.1:{http.server_address[1]}/search/v3_1"
    yield double
    http.shutdown()
    http.server_close()
    thread.join(5)


@pytest.fixture(scope="module")
def made(tmp_path_factory, server):
    staged = a_round_in(tmp_path_factory.mktemp("address"), "ideas")
    settings = dataclasses.replace(staged.engine.settings, address_search=server.url)
    return dataclasses.replace(staged, engine=dataclasses.replace(staged.engine, settings=settings))


@pytest.fixture
def visitor(made, server):
    server.finds(HOUSE)
    server.asked.clear()
    visitor = Visitor(made)
    fill_in(visitor, NEW, **{name: IDEA[name] for name in ("title", "description", "theme")})
    return visitor


def look_up(visitor, step="address", **typed):
    return visitor.send(visitor.get(PLACE), "postcode", step=step, **{**ASKED, **typed})


def kept(page):
    return dict(page.form("place").fields)


def test_only_postcode_and_number_leave_and_the_page_says_to_whom(visitor, server):
    page = visitor.get(PLACE)
    assert "Postcode en huisnummer gaan naar 127.0.0.1. Wij bewaren ze niet." in page.text
    look_up(visitor, place="bij mij thuis", area="")
    (asked,) = server.asked
    query = parse_qs(urlsplit(asked).query)
    assert urlsplit(asked).path == "/search/v3_1/free"
    assert query["q"] == ["7523AB 12"]
    assert query["fq"] == ["type:adres"]
    assert not {"Cookie", "Referer", "X-Forwarded-For"} & set(server.headers[-1])


def test_without_outlines_the_area_comes_from_the_answer_and_the_address_is_not_kept(visitor):
    page = look_up(visitor, area="", place="bij de vijver")
    assert kept(page)["area"] == "mekkelholt"
    assert kept(page)["place"] == "bij de vijver"
    assert kept(page)["postcode"] == kept(page)["number"] == ""
    draft = visitor.send(page, "place", step="keep")
    assert "7523" not in draft.html
    with visitor.engine.stores.site.read() as work:
        rows = work.log.entries(after=0, limit=100)
    assert "7523" not in str(rows)


def test_enter_in_these_fields_looks_up_and_elsewhere_leads_on(visitor, server):
    for first_button in ("", "enter"):
        assert look_up(visitor, step=first_button).path.endswith("/plek")
    assert len(server.asked) == 2
    assert visitor.send(visitor.get(PLACE), "place", step="enter").path.endswith("/kosten")
    assert look_up(visitor, step="on").path.endswith("/kosten")
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (302, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b'{"response": {"docs": {"x": 1}}}'),
        (200, b"[" * 100_000),
        (200, b'{"response": {"docs": [' + b" " * 300_000),
    ],
)
def test_a_server_that_fails_is_a_sentence_and_nothing_is_lost(visitor, server, status, body):
    server.status, server.body = status, body
    page = look_up(visitor, place="bij de vijver")
    assert page.status == 422
    assert "Zoeken op adres lukt nu niet. Kies de buurt in de lijst." in page.text
    assert kept(page)["place"] == "bij de vijver"
    assert kept(page)["postcode"] == "7523 ab"
    assert visitor.send(page, "place", step="on", postcode="").path.endswith("/kosten")


def test_a_server_that_drips_is_left_alone_in_time(made, server, monkeypatch):
    server.body, server.wait = b" " * 40_960, 0.05
    monkeypatch.setattr(address_search, "WAIT", 0.1)
    began = time.monotonic()
    try:
        with pytest.raises(InvalidIdea) as refused:
            find_address(made.engine, "7523AB", "12")
    finally:
        server.wait = 0.0
    assert refused.value.details["problem"] == "address_silent"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"postcode": "7523AC"}, "Wij vinden dit adres niet"),
        ({"huisnummer": 13}, "Wij vinden dit adres niet"),
        ({"centroide_ll": "POINT(1e9 2)"}, "Wij vinden dit adres niet"),
    ],
)
def test_an_answer_about_another_address_does_not_count(visitor, server, change, told):
    server.finds({**HOUSE, **change})
    page = look_up(visitor)
    assert page.status == 422
    assert told in page.text


@pytest.mark.parametrize(
    "typed", [{"postcode": "<b>"}, {"number": ""}, {"postcode": "7523AB&fq=x"}]
)
def test_what_is_no_address_is_never_asked(visitor, server, typed):
    page = look_up(visitor, **typed)
    assert page.status == 422
    assert "Vul een postcode en een huisnummer in" in page.text
    assert server.asked == []


def test_with_outlines_the_address_becomes_a_dot_that_only_a_tick_publishes(visitor, server):
    draw(visitor)
    try:
        page = look_up(visitor)
        assert "U koos: Mekkelholt." in page.text
        assert kept(page)["spot"] == "6850000,52250000"
        assert "spot_ok" not in kept(page)
        server.finds({**HOUSE, "centroide_ll": "POINT(5.1 52.1)"})
        assert "Dit adres ligt buiten het gebied" in look_up(visitor).text
    finally:
        with visitor.engine.stores.site.write() as work:
            work.shapes.remove(["mekkelholt"])
            work.commit()


def test_without_the_setting_there_is_no_such_field_and_nobody_is_asked(collecting):
    fill_in(collecting, NEW, **{name: IDEA[name] for name in ("title", "description", "theme")})
    page = collecting.get(PLACE)
    assert 'name="postcode"' not in page.html
    assert collecting.send(page, "place", step="address", **ASKED).path.endswith("/kosten")
    with pytest.raises(InvalidIdea):
        find_address(collecting.engine, "7523AB", "12")


@pytest.mark.parametrize(
    "wrong", ["http://example.org", "https://a.example/x?q=1", "https://u:p@a.example", "ftp://x"]
)
def test_the_server_is_an_https_address_and_nothing_more(wrong):
    with pytest.raises(InvalidSettings, match="PB_ADDRESS_SEARCH"):
        asked_server(wrong)
