"""The life of a round, seen from outside: HTTP only, no JavaScript, no look into the stores."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from pb_engine.services import rounds
from pb_engine.services.codes import issue_codes
from pb_engine.services.officials import add_official
from tests.builders import CALENDAR, DAY, a_round, an_engine
from tests.journeys.browser_of_forms import Browser
from tests.serving import served
from tests.submitting import submit_in_steps
from web.desk.accounts import hash_password

PASSWORD = "een lang wachtwoord"
MOST_PAGES = 5


class Clock:
    """A clock that the test turns by hand."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def town(tmp_path):
    """A served installation with a draft round, officials, and a clock in our hands."""
    import dataclasses

    clock = Clock(CALENDAR.announced and CALENDAR.ideas.start - 5 * DAY)
    engine = dataclasses.replace(an_engine(tmp_path), clock=clock)
    rounds.add_round(engine, a_round(), "team")
    codes = issue_codes(engine, "proef-2027", 3, "team").codes
    accounts = {
        "team": "participation_team",
        "griffie": "participation_team",
        "commissie": "commission_member",
    }
    for name, role in accounts.items():
        hashed = hash_password(engine, PASSWORD)
        add_official(engine, f"{name}@example.org", name, [role], hashed, "test")
    with served(engine) as address:
        yield address, clock, codes


def log_in(address, name):
    browser = Browser(address)
    page = browser.get("/beheer/")
    page = browser.send(page, "password", email=f"{name}@example.org", password=PASSWORD)
    assert page.status == 200
    assert "proef" in page.text.lower()
    return browser


def submit(address, title, cost):
    browser = Browser(address)
    page = submit_in_steps(
        browser,
        "/proef-2027/ideeen/nieuw",
        title=title,
        description="Een idee voor de hele wijk, met veel bankjes.",
        motivation="Dan kunnen mensen zitten.",
        cost=cost,
        area="mekkelholt",
        place="bij de vijver",
        theme="groen",
        own_effort="Wij helpen.",
        recurrence="once",
        name="Sanne",
    )
    assert page.status == 200, page.text
    assert title in browser.get("/proef-2027/ideeen").text
    return page


def judge_all(address, titles_and_costs):
    browser = log_in(address, "commissie")
    listing = browser.get("/beheer/proef-2027/ideeen")
    for number, (title, cost) in enumerate(titles_and_costs, start=1):
        assert title in listing.text
        links = [
            part.split('"')[0]
            for part in listing.body.decode().split('href="')[1:]
            if f"/beheer/proef-2027/ideeen/i{number}-" in part.split('"')[0]
        ]
        page = browser.get(links[0])
        fields = page.form("outcome").choices
        colours = {name: "green" for name, values in fields.items() if "orange" in values}
        page = browser.send(page, "outcome", outcome="pass", final_cost=cost, **colours)
        assert page.status == 200, page.text


def cast(address, code, title, *, ideas_page=None):
    browser = Browser(address)
    page = browser.get("/proef-2027/stemmen")
    page = browser.send(page, "code", code=code)
    assert page.status == 200, page.text
    paper = page.form("choices") if any("choices" in f.choices for f in page.forms) else None
    assert paper is not None, page.text
    choice = next(v for v in paper.choices["choices"] if title in near(page, v))
    page = browser.send(page, "choices", choices=[choice])
    assert title in page.text
    page = browser.send(page, "csrf_token")
    assert page.status == 200, page.text
    assert (
        len([p for p in browser.pages if "html" in p.headers.get("content-type", "")]) <= MOST_PAGES
    )
    number = next(w for w in page.text.split() if w.count("-") == 2 and len(w.strip(".")) == 17)
    return number.strip("."), page


def near(page, value):
    """Return the words that follow a box, up to the next one."""
    body = page.body.decode()
    start = body.index(f'value="{value}"')
    end = body.find('name="choices"', start + 1)
    return body[start : end if end > 0 else start + 3000]


def counting_page(address, team, step):
    """Return the page of counting day, for a colleague from the step that takes two people."""
    team = log_in(address, "griffie") if step == "adopt" else team
    return team.get("/beheer/proef-2027/tellen"), team


def step(browser, name, reason=""):
    page = browser.get("/beheer/proef-2027/")
    for form in page.forms:
        wanted = [(n, v) for n, v in (*form.buttons, *form.fields) if v == name]
        if wanted:
            values = {"step": name, **({"reason": reason} if reason else {})}
            page = browser.send_form(page, form, **values)
            assert page.status == 200, page.text
            return page
    raise AssertionError(f"no button for {name}: {page.text}")


def rehearsed(browser):
    page = browser.get("/beheer/proef-2027/proefstemming")
    (form,) = [one for one in page.forms if (one.action or "").endswith("/vastleggen")]
    assert "De proefstemming is vastgelegd." in browser.send_form(page, form).text
    return browser


def test_the_life_of_a_round_with_forms_alone(town, tmp_path):
    address, clock, codes = town
    clock.now = CALENDAR.ideas.start + DAY
    team = log_in(address, "team")
    step(team, "open_ideas")
    submit(address, "Bankjes voor ouderen", "3.000")
    submit(address, "Moestuin voor jong en oud", "4.000")

    clock.now = CALENDAR.review.start + DAY
    team = log_in(address, "team")
    step(team, "start_review")
    judge_all(address, [("Bankjes voor ouderen", "3.000"), ("Moestuin voor jong en oud", "4.000")])

    clock.now = CALENDAR.voting.start + DAY
    team = log_in(address, "team")
    step(rehearsed(team), "open_voting")
    first, _ = cast(address, codes[0], "Bankjes")
    cast(address, codes[1], "Moestuin")
    third, _ = cast(address, codes[2], "Bankjes")
    changed, page = cast(address, codes[0], "Moestuin")
    assert changed != first
    open_page = Browser(address).get("/proef-2027/")
    assert "3" in open_page.text
    assert Browser(address).get("/proef-2027/uitslag").status in {403, 404, 409}

    clock.now = CALENDAR.voting.end + timedelta(minutes=15)
    team = log_in(address, "team")
    step(team, "close_voting")
    for name in ("open_box", "tally", "explain", "adopt", "publish"):
        page, team = counting_page(address, team, name)
        forms = [
            f
            for f in page.forms
            if any(v == name for _, v in (*f.buttons, *f.fields)) or f.action.endswith(name)
        ]
        assert forms, page.text
        page = team.send_form(
            page,
            forms[0],
            **(
                {"step": name}
                if any(n == "step" for n, _ in (*forms[0].buttons, *forms[0].fields))
                else {}
            ),
        )
        assert page.status == 200, page.text

    visitor = Browser(address)
    result = visitor.get("/proef-2027/uitslag")
    assert result.status == 200
    assert "Moestuin voor jong en oud" in result.text
    record = visitor.get("/proef-2027/uitslag/bestanden/record.json")
    document = json.loads(record.body)
    assert len(document["receipts"]) == 3
    assert changed in document["receipts"]
    assert third in document["receipts"]
    assert first in document["superseded"]
    checked = visitor.get("/proef-2027/bewijs")
    checked = visitor.send(checked, "number", number=changed)
    assert checked.status == 200
    assert changed in checked.text

    path = tmp_path / "record.json"
    path.write_bytes(record.body)
    recount = subprocess.run(
        [sys.executable, "-m", "pb_engine", "recount", path],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert recount.returncode == 0, recount.stderr
    document["outcome"]["selected"] = document["outcome"]["selected"][:-1]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert (
        subprocess.run(
            [sys.executable, "-m", "pb_engine", "recount", path],
            check=False,
            capture_output=True,
            timeout=60,
        ).returncode
        == 1
    )
