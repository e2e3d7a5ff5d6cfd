"""An insider at the desk: a stolen password, a stolen session, and steps that take two people."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.errors import InvalidOfficial
from pb_engine.services import activities, counter, officials
from pb_engine.store.register import Channel
from tests.builders import a_round, a_round_in, an_engine
from tests.residents import NAMES, channel_of, settle
from tests.web.desk_visitor import OFFICER, ROLES, TEAM, DeskVisitor

INA = NAMES[0]
PART = re.compile(r"<(?:(?:int|any\([\w, ]+\)):)?(\w+)>")
WHY = "brief is kwijt"
OTHER = "andere-2027"


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


def entries(staged, of=None):
    with staged.engine.stores.site.read() as work:
        return [one.event.name for one in work.log.entries(round_id=of, limit=1000)]


def test_things_of_another_round_are_out_of_reach_under_the_address_of_ones_own(tmp_path):
    # T23: the address names a round in which one may do everything, and the thing of another one.
    own = a_round_in(tmp_path, "voting")
    other = a_round_in(own.engine, "review", round_=a_round(slug=OTHER))
    told = activities.NewActivity(own.engine.today(), "meeting", "Buurthuis", 4, "12 ideeën")
    activity = activities.add_activity(own.engine, OTHER, told, "kim")
    desk = DeskVisitor(own.engine)
    desk.hire("olga", *(f"{one}:{own.slug}" for one in ROLES))
    desk.log_in("olga")
    parts = {"slug": own.slug, "idea_id": other.ideas["AED"], "activity": activity.id}
    before = entries(own, OTHER), ideas_of(other)
    tried = 0
    for rule in desk.app.url_map.iter_rules():
        if "POST" not in rule.methods or not {"idea_id", "activity"} & rule.arguments:
            continue
        path = PART.sub(lambda part: parts.get(part[1], "1"), rule.rule)
        form = {"reason": WHY, "outcome": "reject", "body": WHY, "state": "done", "into": "AED"}
        page = desk.post(path, form)
        assert page.status in {403, 404, 409, 422}, (rule.endpoint, page.status)
        tried += 1
    assert tried > 10
    assert (entries(own, OTHER), ideas_of(other)) == before
    assert activities.activities_of(own.engine, OTHER)[1] == (activity,)


def ideas_of(staged):
    with staged.engine.stores.site.read() as work:
        return work.ideas.all(staged.slug)


def test_two_who_take_each_others_accounts_at_once_never_leave_nobody(tmp_path):
    # T45: each looks whether somebody is left, sees the other, and takes them away.
    engine = an_engine(tmp_path)
    desk = DeskVisitor(engine)
    kim, noor = desk.hire("kim", TEAM, OFFICER), desk.hire("noor", TEAM, OFFICER)
    ready = threading.Barrier(2)

    def take(number, by):
        ready.wait()
        try:
            officials.take_role(engine, number, TEAM, by)
        except InvalidOfficial as refused:
            return refused.details["problem"]
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(take, kim.id, "noor"), pool.submit(take, noor.id, "kim")]
        told = sorted(one.result(timeout=20) for one in tries)
    assert told == ["last", "taken"]
    left = [one.name for one in officials.all_officials(engine) if TEAM in map(str, one.roles)]
    assert len(left) == 1
