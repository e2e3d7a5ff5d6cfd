"""The voter register at the desk: a file that is looked at first, and changes by two people."""

from datetime import date

import pytest

from pb_engine.domain.rounds import Eligibility
from pb_engine.units import AreaId
from tests.builders import CALENDAR, a_round, a_round_in, at
from tests.registers import lines, people
from tests.web.desk_visitor import AUDITOR, OFFICER, TEAM, DeskVisitor, a_file, desk_of

NEW = {
    "kind": "add",
    "name": "Nieuw Fictief",
    "postcode": "7523AB",
    "house": "90",
    "birth_year": "1990",
    "reason": "vergeten in de uitdraai",
}


@pytest.fixture
def draft(tmp_path):
    return a_round_in(tmp_path, "draft")


@pytest.fixture
def voting(tmp_path):
    return a_round_in(tmp_path, "voting", codes=1, register=people(30))


def send(desk, register, **more):
    sent = a_file(register.getvalue(), "register.csv")
    return desk.post("~/register/inlezen", {"register_file": sent, **more})


def seen_in(page):
    return page.html.split('name="seen" value="')[1].split('"')[0]


def test_a_file_is_looked_at_and_then_taken_in(draft):
    desk = desk_of(draft, TEAM)
    assert "geen kiezersregister" in desk.get("~/register").text
    report = send(desk, people(12))
    assert "Er is nog niets veranderd." in report.text
    assert "12 kiezers inlezen" in report.text
    assert "12 kiezers ingelezen" not in desk.get("~/register").text
    done = send(desk, people(12), seen=seen_in(report))
    assert "Er staan nu 12 kiezers in het register." in done.text
    assert "12 kiezers ingelezen." in done.text


def test_another_file_than_was_looked_at_does_not_come_in(draft):
    desk = desk_of(draft, TEAM)
    report = send(desk, people(12))
    page = send(desk, people(13), seen=seen_in(report))
    assert page.status == 422
    assert "een ander bestand" in page.text


def test_wrong_rows_are_listed_by_line_and_there_is_no_way_on(draft):
    desk = desk_of(draft, TEAM)
    report = send(desk, lines("1;A;7523AB;1;;1980", "2;<b>B</b>;75;2;;1980", "3;C;7511AA;2;;1980"))
    assert "De postcode ziet er niet uit als 7523AB." in report.text
    assert "kan niet worden ingelezen" in report.text
    assert 'name="seen"' not in report.html
    assert "<b>B</b>" not in report.html


@pytest.mark.parametrize("raw", [b"", b"\x81", b"naam\n"])
def test_what_is_no_register_gets_a_sentence(draft, raw):
    page = desk_of(draft, TEAM).post(
        "~/register/inlezen", {"register_file": a_file(raw, "foto.jpg")}
    )
    assert page.status == 422
    assert "Dit lukt niet" in page.text


def test_a_form_without_a_file_gets_a_sentence(draft):
    page = desk_of(draft, TEAM).post("~/register/inlezen", {})
    assert page.status == 422


def test_a_register_may_be_larger_than_other_forms_but_not_for_strangers(draft):
    large = people(9000)
    assert len(large.getvalue()) > 300_000
    desk = desk_of(draft, TEAM)
    assert "9000" in send(desk, large).text
    stranger = DeskVisitor(draft.engine, draft.slug)
    assert send(stranger, large, csrf_token=stranger.token()).status == 413


def test_one_official_proposes_and_another_decides(voting):
    desk = desk_of(voting, OFFICER)
    page = desk.post("~/register/wijzigen", NEW)
    assert "De wijziging wacht op een tweede medewerker." in page.text
    assert "U stelde dit voor. Een andere medewerker besluit." in page.text
    refused = desk.post("~/register/besluit/1", {"decision": "approve"})
    assert refused.status == 409
    assert "U stelde deze wijziging zelf voor." in refused.text
    desk.hire("sam", TEAM)
    second = DeskVisitor(voting.engine, voting.slug)
    second.log_in("sam")
    assert "Nieuw Fictief" in second.get("~/register").text
    done = second.post("~/register/besluit/1", {"decision": "approve"})
    assert "Nieuw Fictief" not in done.text
    assert "De wijziging is doorgevoerd." in done.text
    assert "doorgevoerd · voorgesteld door kim · besloten door sam" in done.text
    assert second.post("~/register/besluit/1", {"decision": "refuse"}).status == 409


def test_a_resident_is_found_and_let_go(voting):
    desk = desk_of(voting, OFFICER)
    assert "Niemand gevonden." in desk.post("~/register/zoeken", {"text": "7523AB 99"}).text
    assert desk.post("~/register/zoeken", {"text": "ab"}).status == 409
    found = desk.post("~/register/zoeken", {"text": "bewoner 7 f"})
    assert "Wijziging voorstellen" in found.text
    resident = found.html.split('name="resident" value="')[1].split('"')[0]
    chosen = desk.post("~/register/zoeken", {"resident": resident})
    assert "Wijziging voor Bewoner 7 Fictief" in chosen.text
    nobody = desk.post("~/register/zoeken", {"resident": "niemand"})
    assert "Deze bewoner staat niet in het kiezersregister." in nobody.text
    form = {"kind": "move", "resident": resident, "reason": "verhuisd naar Hengelo"}
    assert "wacht op een tweede medewerker" in desk.post("~/register/wijzigen", form).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"birth_year": "2016"}, "nog geen 12 jaar"),
        ({"postcode": "7511AA"}, "niet in het gebied"),
        ({"postcode": "x"}, "Er ontbreekt iets of het klopt niet"),
        ({"house": "7", "name": "Bewoner 7 Fictief", "birth_year": "1980"}, "staat al in het"),
        ({"kind": "remove", "resident": "niemand"}, "staat niet in het register"),
        ({"reason": ""}, "Fout"),
    ],
)
def test_a_change_that_cannot_be_made_gets_a_sentence(voting, change, sentence):
    page = desk_of(voting, OFFICER).post("~/register/wijzigen", {**NEW, **change})
    assert page.status in {409, 422}
    assert sentence in page.text


def test_numbers_per_area_show_no_small_ones(tmp_path):
    wide = Eligibility((AreaId("mekkelholt"), AreaId("roombeek")), 12, date(2027, 5, 10))
    few = [f"{n};Bewoner {n} Fictief;7523XY;{n};;1980" for n in range(31, 34)]
    many = people(30).read().decode().splitlines()[1:]
    staged = a_round_in(
        tmp_path, "voting", codes=1, register=lines(*many, *few), round_=a_round(voters=wide)
    )
    page = desk_of(staged, AUDITOR).get("~/register")
    assert page.text.count("niet getoond") == 4
    assert "33 kiezers ingelezen." in page.text
    assert "Vastgelegd bij de opening van de stemming." in page.text
    assert "Register inlezen" not in page.text


def test_the_desk_makes_codes_for_named_residents_and_no_others(tmp_path):
    desk = desk_of(a_round_in(tmp_path, "ideas", codes=1, register=people(9)), TEAM)
    page = desk.get("~/codes")
    refused = desk.send(page, page.form("people"), number="3", people="")
    assert "Een losse code is dan een tweede stemrecht." in refused.text
    wrong = desk.send(refused, refused.form("people"), number="", people="2\n77\n1")
    assert "Regel 2: deze persoon heeft geen stemrecht" in wrong.text
    made = desk.send(wrong, wrong.form("people"), number="", people="2\n 3\n")
    assert made.html.count("<li><code>") == 2
    assert "</code> 3</li>" in made.html


def test_the_page_of_a_published_round_says_when_what_goes(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"AED": 3})
    text = desk_of(staged, TEAM).get("~/").text
    assert "Wat wordt verwijderd" in text
    assert "stemcodes en hun sleutel" in text


def test_a_register_that_somebody_changed_is_named_before_the_count(tmp_path):
    from pb_engine.services import phases
    from tests.store.raw import raw_sql

    staged = a_round_in(tmp_path, "voting", codes=1, register=people(30))
    raw_sql(staged.engine.stores.register, "UPDATE entitlements SET second = NULL")
    closed = at(staged.engine, CALENDAR.voting.end)
    phases.take_step(closed, staged.slug, "close_voting", "team")
    page = desk_of(staged.move_to(CALENDAR.voting.end), TEAM).get("~/tellen")
    assert "Het kiezersregister klopt niet helemaal" in page.text


def test_an_auditor_sees_that_a_change_waits_and_not_of_whom(voting):
    desk_of(voting, OFFICER).post("~/register/wijzigen", NEW)
    auditor = DeskVisitor(voting.engine, voting.slug)
    auditor.hire("ali", AUDITOR)
    auditor.log_in("ali")
    text = auditor.get("~/register").text
    assert "vergeten in de uitdraai" in text
    assert "Nieuw Fictief" not in text
