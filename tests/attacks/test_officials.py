"""An insider at the desk: a stolen password, a stolen session, and steps that take two people."""

import re

import pytest

from pb_engine.services import counter
from pb_engine.store.register import Channel
from tests.builders import a_round_in, an_engine
from tests.residents import NAMES, channel_of, settle
from tests.web.desk_visitor import OFFICER, TEAM, DeskVisitor

INA = NAMES[0]
PART = re.compile(r"<(?:(?:int|any\([\w, ]+\)):)?(\w+)>")
WHY = "brief is kwijt"


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path, "voting")


@pytest.fixture
def people(staged):
    return settle(staged)


def officer(staged, name, role=OFFICER):
    desk = DeskVisitor(staged.engine)
    desk.hire(name, role)
    desk.log_in(name)
    return desk


def rules_of(desk):
    """Every page of the desk that changes something about a round, with its parts filled in."""
    parts = {"slug": "proef-2027", "step": "cancel", "number": "1", "answer": "akkoord"}
    parts |= {"change": "blokkeren", "batch": "1", "hand": "1", "place": "0"}
    for rule in desk.app.url_map.iter_rules():
        # Whoever was invited has no account yet; that page wants a link.
        before = rule.endpoint == "invitation" or rule.endpoint.startswith("security.")
        if "POST" in rule.methods and not before:
            yield rule.endpoint, PART.sub(lambda part: parts.get(part[1], "x"), rule.rule)


def test_a_stolen_password_alone_changes_nothing_on_any_page(tmp_path):
    # T45: outside the demonstration there is a second factor, and nothing happens before it.
    engine = an_engine(tmp_path, demo=False)
    staged = a_round_in(engine, "voting")
    people = settle(staged)
    desk = DeskVisitor(engine)
    desk.hire("kim", TEAM, OFFICER)
    desk.log_in("kim")
    before = entries(staged)
    tried = 0
    for endpoint, path in rules_of(desk):
        assert "<" not in path, endpoint
        form = {"resident": people[INA], "seen": "ja", "reason": WHY, "number": "1"}
        page = desk.post(path, form)
        assert page.path == "/beheer/inloggen" or page.status in {400, 403}, endpoint
        tried += 1
    assert tried > 40
    assert entries(staged) == before
    assert channel_of(staged, people[INA]) is Channel.NONE


def test_a_stolen_session_cannot_finish_alone_what_takes_two(staged, people):
    # T45
    thief = officer(staged, "olga")
    thief.post("~/balie/kiezen", {"resident": people[INA]})
    thief.post("~/balie/voorstel", {"kind": "void", "change_reason": "overleden"})
    refused = thief.post("~/balie/besluit/1/akkoord", {})
    assert refused.status == 403
    assert channel_of(staged, people[INA]) is Channel.NONE


def test_two_accounts_with_one_name_are_one_person(staged, people):
    # T45: the log knows officials by name, so a second account of the same name is no second one.
    number = counter.propose_on_right(
        staged.engine, staged.slug, people[INA], "void", "overleden", "olga"
    )
    desk = DeskVisitor(staged.engine)
    hired = desk.hire("olga", OFFICER)
    assert hired.name == "olga"
    desk.log_in("olga")
    assert desk.post(f"~/balie/besluit/{number}/akkoord", {}).status == 403
    assert channel_of(staged, people[INA]) is Channel.NONE


def test_a_form_of_another_session_is_worth_nothing(staged, people):
    # T45: somebody lures an official who is logged in to a page that sends a form.
    olga, other = officer(staged, "olga"), officer(staged, "piet")
    olga.post("~/balie/kiezen", {"resident": people[INA]})
    form = {"seen": "ja", "reason": WHY, "csrf_token": other.token()}
    assert olga.post("~/balie/papier", form).status == 400
    assert channel_of(staged, people[INA]) is Channel.NONE


def entries(staged):
    with staged.engine.stores.site.read() as work:
        return [one.event.name for one in work.log.entries(limit=1000)]
