"""Register, ballot box and site as three real processes, each with its own stores and keys."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.parse

import pytest

from pb_engine.services import counting, phases
from pb_engine.store import close_stores
from tests.builders import DAY, a_round, a_round_in, adopt_and_publish
from tests.journeys.browser_of_forms import Browser
from tests.journeys.town import Town, open_today

SLUG = "proef-2027"
TITLES = ("Bankjes", "Moestuin")


def open_round(engine):
    return a_round_in(engine, "voting", round_=a_round(calendar=open_today()), codes=3)


@pytest.fixture
def town(request, tmp_path):
    """Three parts on SQLite, or on what the test asks for."""
    kind = getattr(request, "param", "sqlite")
    urls = None if kind == "sqlite" else request.getfixturevalue("postgres_urls")
    town = Town(tmp_path, open_round, urls)
    yield town
    close_stores(town.staged.engine.stores)


def with_a_ticket(town, code):
    """Go from the round to the page that hands over the ticket, as links and forms lead."""
    browser = Browser(town.at["site"])
    page = browser.get(f"{town.at['site']}/{SLUG}/")
    assert f'href="{town.at["register"]}/{SLUG}/stemmen"' in page.body.decode()
    browser.address = town.at["register"]
    page = browser.get(f"{town.at['register']}/{SLUG}/stemmen")
    return browser, browser.send(page, "code", code=code)


def vote(town, code, title):
    browser, page = with_a_ticket(town, code)
    page = browser.send(page, "ticket")
    assert page.url.startswith(town.at["box"])
    browser.address = town.at["box"]
    page = browser.send(page, "choices", choices=[town.staged.ideas[title]], step="on")
    assert title in page.text
    page = browser.send(page, "step", step="on")
    assert "Uw stem is binnen" in page.text
    return page


def receipt_on(page):
    words = page.body.decode().split("<code", 1)[1].split(">", 1)[1]
    return words.split("<", 1)[0].strip()


# The other tests ask which pages and modules there are; only this one writes to all the stores.
@pytest.mark.slow
@pytest.mark.parametrize(
    "town",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
def test_a_round_runs_in_three_processes_and_the_box_may_restart_in_the_middle(town):
    staged = town.staged
    with town.serving("site"), town.serving("register"):
        with town.serving("box"):
            first = vote(town, staged.codes[0], "Bankjes")
            assert town.at["site"] in first.body.decode()
        with town.serving("box"):
            vote(town, staged.codes[1], "Moestuin")
            browser, page = with_a_ticket(town, staged.codes[2])
            (ticket,) = [value for name, value in page.form("ticket").fields if name == "ticket"]
            closing = staged.move_to(open_today().voting.end + DAY)
            phases.take_step(closing.engine, SLUG, "close_voting", "operator")
            refused = browser.send(page, "ticket")
            assert refused.status == 409
            assert "stem" in refused.text
            for part in ("register", "box"):
                names = {path.name for path in (town.folder / part / "keys").glob("*.key")}
                assert not {f"{SLUG}.link.key", f"{SLUG}.ticket.key"} & names
            looked = Browser(town.at["box"])
            asked = looked.get(f"/{SLUG}/bewijs")
            told = looked.send(asked, "number", number=receipt_on(first))
            assert "ligt in de stembus" in told.text
        for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
            step(closing.engine, SLUG, "operator")
        result = Browser(town.at["site"]).get(f"/{SLUG}/uitslag")
        assert result.status == 200
        assert all(title in result.text for title in TITLES)
    assert ticket not in town.logs()
    assert not any(code in town.logs() for code in staged.codes)


def test_each_process_refuses_the_pages_of_the_others(town):
    foreign = {
        "site": [f"/{SLUG}/stemmen", f"/{SLUG}/stemmen/biljet", f"/{SLUG}/stembus/hoofd"],
        "register": [f"/{SLUG}/", f"/{SLUG}/stemmen/biljet", "/beheer/", f"/{SLUG}/bewijs"],
        "box": [f"/{SLUG}/", f"/{SLUG}/stemmen", "/beheer/", "/api/v1/rounds"],
    }
    for part, paths in foreign.items():
        with town.serving(part):
            browser = Browser(town.at[part])
            assert browser.get("/readyz").status == 200
            assert browser.get("/privacy").status == 200
            for path in paths:
                assert browser.get(path).status == 404, (part, path)


def test_the_box_takes_a_ticket_from_a_page_of_the_register_only(town):
    with town.serving("site"), town.serving("box"), town.serving("register"):
        browser, page = with_a_ticket(town, town.staged.codes[0])
        assert page.headers["referrer-policy"] == "strict-origin"
        assert page.headers["cache-control"] == "no-store"
        assert town.at["box"] in page.headers["content-security-policy"]
        browser.address = "https://elders.example"
        assert browser.send(page, "ticket").status == 400
        browser.address = town.at["register"]
        (form,) = [form for form in page.forms if ("ticket" in dict(form.fields))]
        assert urllib.parse.urlsplit(form.action).query == ""
        assert form.method == "post"
        forged = browser.send(page, "ticket", ticket="bm90IGEgdGlja2V0.c2lnbmVk")
        assert forged.status in {400, 403, 409, 422}


LOADED = """
import json, sys
from pb_engine.engine import build
from pb_engine.settings import read_settings
from web.app import create_app
app = create_app(build(read_settings(), only=sys.argv[1]))
with app.test_client() as client:
    for path in sys.argv[2:]:
        client.get(path)
print(json.dumps(sorted(sys.modules)))
"""


def test_a_running_box_has_loaded_nothing_of_the_register_and_no_plugin(town):
    paths = [f"/{SLUG}/stembus/hoofd", f"/{SLUG}/bewijs", f"/{SLUG}/stemmen/biljet", "/readyz"]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "box", *paths],
        env=town.environment("box"),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = json.loads(done.stdout.splitlines()[-1])
    foreign = (
        *("pb_engine.store.register", "pb_engine.store.study", "pb_engine.store.site"),
        *("pb_engine.plugins", "pb_engine.services.identity", "pb_engine.services.codes"),
        *("web.desk", "web.api", "web.resident.identity"),
        # The box keeps no addresses, so nothing in it may even ask for one.
        *(
            "flask_limiter",
            "limits",
            "web.resident.throttling",
            "web.network",
            "pb_engine.services.throttles",
        ),
    )
    assert "pb_engine.store.box" in loaded
    assert [name for name in loaded if name.startswith(foreign)] == []
