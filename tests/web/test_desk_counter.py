"""The counter at the desk, as an officer with a queue works it."""

import dataclasses
import re

import pytest

from pb_engine.domain.rounds import CounterRules, PluginChoice
from tests.builders import a_round, a_round_in
from tests.residents import NAMES, channel_of, settle
from tests.web.desk_visitor import OFFICER, TEAM, DeskVisitor
from tests.web.visitor import Visitor
from web.desk import acting

INA, BO, CEM, DIRK = NAMES
WHY = "brief is kwijt"


@pytest.fixture
def staged(tmp_path):
    rules = CounterRules(proxies=1, organisations=True)
    return a_round_in(tmp_path, "voting", round_=a_round(counter=rules))


@pytest.fixture
def people(staged):
    return settle(staged, secret=(DIRK,))


@pytest.fixture
def olga(staged, people):
    desk = DeskVisitor(staged.engine)
    desk.hire("olga", OFFICER)
    desk.log_in("olga")
    return desk


def colleague(staged, name="piet", role=OFFICER):
    desk = DeskVisitor(staged.engine)
    desk.hire(name, role)
    desk.log_in(name)
    return desk


def helping(desk, resident):
    return desk.post("~/balie/kiezen", {"resident": resident})


def code_on(page):
    return next(word for word in page.text.split() if word.count("-") == 3 and len(word) == 19)


def test_an_officer_finds_somebody_and_sees_no_more_than_the_work_needs(olga):
    page = olga.post("~/balie/zoeken", {"name": "dirk", "address": ""})
    assert DIRK in page.text
    assert "geheim" in page.text
    assert "7523AB" not in page.text
    assert "1980" not in page.text


def test_what_was_searched_for_stands_in_no_address(olga):
    page = olga.post("~/balie/zoeken", {"name": "wit", "address": ""})
    assert "wit" not in page.path.lower()
    assert olga.client.get("/beheer/proef-2027/balie/zoeken?name=wit").status_code == 405


def test_a_banner_says_on_every_page_who_is_being_helped_until_the_officer_is_done(olga, people):
    helping(olga, people[BO])
    for path in ("~", "~/codes", "~/balie"):
        assert f"U helpt nu: {BO}" in olga.get(path).text
    olga.post("~/balie/klaar", {})
    assert "U helpt nu" not in olga.get("~/balie").text
    assert "Zoek de bewoner opnieuw" in olga.get("~/balie/bewoner").text


def test_helping_ends_by_itself_after_five_minutes(olga, people, monkeypatch):
    helping(olga, people[BO])
    later = acting.time.time() + acting.LONGEST + 1
    monkeypatch.setattr(acting.time, "time", lambda: later)
    assert "U helpt nu" not in olga.get("~/balie").text
    refused = olga.post("~/balie/code", {"seen": "ja", "reason": WHY})
    assert "Zoek de bewoner opnieuw" in refused.text


def test_a_code_is_given_once_the_officer_saw_who_it_is(olga, staged, people):
    helping(olga, people[INA])
    unseen = olga.post("~/balie/code", {"reason": WHY})
    assert unseen.status == 422
    assert "Zet hier een vinkje" in unseen.text
    given = olga.post("~/balie/code", {"seen": "ja", "reason": WHY})
    assert len(code_on(given)) == 19
    assert code_on(given) not in olga.get("~/balie/bewoner").text


def test_a_code_for_the_screen_opens_the_door_of_the_counter_once(tmp_path):
    checks = (PluginChoice("voting_code"), PluginChoice("desk"))
    staged = a_round_in(tmp_path, round_=a_round(identity_checks=checks))
    people, olga = settle(staged), colleague(staged, "olga")
    helping(olga, people[INA])
    assert "Zet hier een vinkje" in olga.post("~/balie/scherm", {"reason": WHY}).text
    given = olga.post("~/balie/scherm", {"seen": "ja", "reason": WHY})
    (code,) = re.findall(r"\b\w{5}-\w{5}\b", given.text)
    assert "op het scherm bij de balie" in given.text
    at_screen = Visitor(staged)
    page = at_screen.send(at_screen.get("~/stemmen/controle/desk"), "code", code=code)
    assert page.path.endswith("/biljet")
    again = at_screen.send(at_screen.get("~/stemmen/controle/desk"), "code", code=code)
    assert again.status == 409
    helping(olga, people[BO])
    olga.post("~/balie/papier", {"seen": "ja", "reason": WHY})
    assert olga.post("~/balie/scherm", {"seen": "ja", "reason": WHY}).status == 409


def test_without_the_door_of_the_counter_there_is_no_code_for_its_screen(olga, people):
    assert "Hier laten stemmen" not in helping(olga, people[INA]).text


def test_paper_is_handed_out_to_somebody_with_and_without_a_letter(olga, staged, people):
    helping(olga, people[BO])
    told = olga.post("~/balie/papier", {"seen": "ja", "reason": WHY})
    assert "Geef nu één stembiljet" in told.text
    assert channel_of(staged, people[BO]) == "paper"
    again = olga.post("~/balie/papier", {"seen": "ja", "reason": WHY})
    assert again.status == 409
    letter = {"paper_code": staged.codes[0], "paper_reason": "wil liever papier"}
    assert "Geef nu één stembiljet" in olga.post("~/balie/papier-met-code", letter).text
    assert olga.post("~/balie/papier-met-code", letter).status == 409
    wrong = olga.post("~/balie/papier-met-code", {"paper_code": "ABC", "paper_reason": WHY})
    assert wrong.status == 422


def test_what_takes_two_cannot_be_done_by_one(olga, staged, people):
    helping(olga, people[CEM])
    asked = olga.post("~/balie/voorstel", {"kind": "void", "change_reason": "overleden"})
    assert "Een andere medewerker moet het goedkeuren" in asked.text
    assert "Akkoord" not in olga.get("~/balie").text
    own = olga.post("~/balie/besluit/1/akkoord", {})
    assert "U deed dit voorstel zelf" in own.text
    piet = colleague(staged)
    assert "Akkoord" in piet.get("~/balie").text
    assert "Het is gedaan" in piet.post("~/balie/besluit/1/akkoord", {}).text
    assert channel_of(staged, people[CEM]) == "void"
    assert "al besloten" in piet.post("~/balie/besluit/1/afwijzen", {}).text


def test_a_proxy_names_one_resident(olga, staged, people):
    helping(olga, people[BO])
    form = {"giver_name": "vos", "giver_address": "", "signed": "ja", "proxy_reason": "is ziek"}
    assert "De machtiging staat genoteerd" in olga.post("~/balie/machtiging", form).text
    nobody = olga.post("~/balie/machtiging", {**form, "giver_name": "niemand"})
    assert "één bewoner" in nobody.text
    more = olga.post("~/balie/machtiging", {**form, "giver_name": "cem"})
    assert "Meer mag niet" in more.text


def test_an_organisation_gets_its_code_from_the_team_only(olga, staged):
    form = {"organisation": "12345678", "organisation_reason": "speeltuinvereniging"}
    assert olga.post("~/balie/organisatie", form).status == 403
    team = colleague(staged, "tess", TEAM)
    assert len(code_on(team.post("~/balie/organisatie", form))) == 19
    assert "al een code gekregen" in team.post("~/balie/organisatie", form).text


def test_the_counter_writes_down_who_and_why_and_never_for_whom(olga, staged, people):
    helping(olga, people[INA])
    olga.post("~/balie/code", {"seen": "ja", "reason": WHY})
    with staged.engine.stores.site.read() as work:
        entries = work.log.entries(limit=1000)
    (given,) = [one.event for one in entries if one.event.name == "counter_code_given"]
    assert (given.by, dict(given.facts)) == ("olga", {"reason": WHY})
    assert INA not in str(entries)
    assert people[INA] not in str(entries)


def test_somebody_who_moved_away_is_shown_as_such(olga, staged, people):
    with staged.engine.stores.register.write() as work:
        one = next(work.residents.each(staged.slug))
        work.residents.change(dataclasses.replace(one, state="removed"))
        work.commit()
    page = olga.post("~/balie/zoeken", {"name": "vos", "address": ""})
    assert "niet meer in het kiesregister" in page.text
