"""T50, T56: a thousand codes, names and choices are planted; no log of the whole site has one."""

import sqlite3

import pytest

from pb_engine.services.codes import issue_codes
from pb_engine.services.officials import add_official
from pb_engine.store import close_stores
from tests.builders import a_round_in
from tests.journeys.browser_of_forms import Browser
from tests.serving import served
from tests.store.raw import EVERY_BALLOT
from tests.submitting import submit_in_steps
from web.desk.accounts import hash_password

CODES = 1000
NAME, EMAIL, TITLE = "Kanarie-Voornaam", "kanarie@example.org", "Kanarietuin aan de vijver"
PASSWORD = "een kanarie als wachtwoord"


def submit_an_idea(address):
    browser = Browser(address)
    page = submit_in_steps(
        browser,
        "/proef-2027/ideeen/nieuw",
        title=TITLE,
        description="Een tuin met een volière voor de hele wijk.",
        motivation="Dan horen we weer vogels.",
        cost="3.000",
        area="mekkelholt",
        place="bij de vijver",
        theme="groen",
        own_effort="Wij voeren ze.",
        recurrence="once",
        name=NAME,
        email=EMAIL,
    )
    assert page.status == 200, page.text


def cast(address, code, ideas):
    browser = Browser(address)
    page = browser.send(browser.get("/proef-2027/stemmen"), "code", code=code)
    page = browser.send(page, "choices", choices=ideas)
    done = browser.send(page, "step")
    assert "Uw stem is binnen" in done.text
    return next(w.strip(".") for w in done.text.split() if w.count("-") == 2 and len(w) == 17)


def log_in(address):
    browser = Browser(address)
    page = browser.send(
        browser.get("/beheer/"), "password", email="team@example.org", password=PASSWORD
    )
    assert page.status == 200
    return browser


def spellings(code):
    return {code, code.replace("-", ""), code.lower(), code.replace("-", " ")}


@pytest.fixture
def whole_site(tmp_path, everything_logged):
    """A round through the served site, mistakes included; what was planted, and what was logged."""
    collecting = a_round_in(tmp_path / "ideas", "ideas")
    with served(collecting.engine) as address:
        submit_an_idea(address)
    close_stores(collecting.engine.stores)
    staged = a_round_in(tmp_path / "votes")
    codes = issue_codes(staged.engine, staged.slug, CODES, "team").codes
    hashed = hash_password(staged.engine, PASSWORD)
    add_official(staged.engine, "team@example.org", "team", ["participation_team"], hashed, "x")
    with served(staged.engine) as address:
        receipts = [cast(address, code, [staged.ideas["AED"]]) for code in codes[:8]]
        cast(address, codes[0], [staged.ideas["Moestuin"]])
        browser = Browser(address)
        browser.get(f"/proef-2027/stemmen?code={codes[20]}")
        browser.get(f"/{codes[21]}")
        page = browser.get("/proef-2027/stemmen")
        browser.send(page, "code", code=f"{codes[22]}XYZ")
        page = browser.get("/proef-2027/bewijs")
        browser.send(page, "number", number=receipts[0])
        log_in(address).get("/beheer/proef-2027/")
    return staged, codes, receipts, everything_logged.getvalue()


def test_no_log_of_a_whole_round_holds_anything_that_was_planted(whole_site, tmp_path):
    staged, codes, receipts, logged = whole_site
    assert "request" in logged.lower()  # there is a log, and it was heard
    raw = sqlite3.connect(tmp_path / "votes" / "box.sqlite3")
    secrets = {
        text
        for row in raw.execute(f"SELECT pseudonym, attempt FROM {EVERY_BALLOT}")
        for text in (row[0], row[1][:32], row[1][32:])
    }
    raw.close()
    secrets |= {spelling for code in codes for spelling in spellings(code)}
    secrets |= {NAME, EMAIL, TITLE, PASSWORD, "team@example.org", *receipts}
    secrets |= {*staged.ideas.values(), "127.0.0.1", "Python-urllib"}
    assert sorted(secret for secret in secrets if secret in logged) == []


def test_no_store_holds_a_code_and_no_two_sides_meet_in_one_dump(whole_site, tmp_path):
    # T52
    _, codes, receipts, _ = whole_site
    folder = tmp_path / "votes"
    dumps = {
        name: b"".join(path.read_bytes() for path in sorted(folder.glob(f"{name}.sqlite3*")))
        for name in ("site", "register", "box", "study")
    }
    for name, dump in dumps.items():
        held = [c for code in codes for c in spellings(code) if c.encode() in dump]
        assert held == [], name
        assert not any(number.encode() in dump for number in receipts), name
    rights = [row[0] for row in rows(folder / "register.sqlite3", "SELECT id FROM entitlements")]
    assert len(rights) > CODES
    assert not any(right.encode() in dumps["box"] for right in rights)
    pseudonyms = {
        row[0] for row in rows(folder / "box.sqlite3", f"SELECT pseudonym FROM {EVERY_BALLOT}")
    }
    assert len(pseudonyms) == 8
    for name in ("site", "register", "study"):
        assert not any(one.encode() in dumps[name] for one in pseudonyms), name
    mail = b"".join(path.read_bytes() for path in tmp_path.rglob("*.eml"))
    assert not any(code.encode() in mail for code in codes)


def rows(path, query):
    raw = sqlite3.connect(path)
    try:
        return raw.execute(query).fetchall()
    finally:
        raw.close()
