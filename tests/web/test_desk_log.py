"""The event log and the officials at the desk."""

import csv
import io
import re
import sqlite3
from datetime import timedelta

import pytest

from pb_engine.domain.events import EVENTS
from pb_engine.errors import InvalidOfficial, NotAllowed
from pb_engine.services.officials import (
    find_official,
    give_role,
    save_official,
    set_access,
    take_role,
)
from pb_engine.services.phases import take_step
from tests.builders import at
from tests.web.desk_visitor import AUDITOR, PASSWORD, TEAM, DeskVisitor, desk_of
from web.desk.log_filter import KINDS, kind_of
from web.desk.log_texts import EVENT_TEXTS
from web.texts import DUTCH_TIME

WRONG = "Het e-mailadres en het wachtwoord horen niet bij elkaar."


def test_every_event_has_a_sentence_with_nothing_but_its_own_facts():
    assert EVENT_TEXTS.keys() == EVENTS.keys()
    for name, sentence in EVENT_TEXTS.items():
        used = set(re.findall(r"%\(([a-z_]+)\)s", sentence))
        assert used <= {*EVENTS[name], "by"}, name


def test_the_log_of_a_whole_round_is_in_plain_sentences_and_its_chain_holds(staged):
    desk = desk_of(staged("published"), AUDITOR)
    text = desk.get("/logboek").text
    assert "is nagekeken" in text or "zijn nagekeken" in text
    for sentence in (
        "team zette de ronde klaar.",
        "Iemand stuurde idee 1 in.",
        "commissie beoordeelde idee 1: Door naar het stembiljet. Voorwaarden: geen.",
        "De stembus is dicht met 6 stemmen.",
        "test voegde kim toe als controleur.",
    ):
        assert sentence in text, sentence
    assert "%(" not in text
    assert "idee idee" not in text


def test_a_digest_in_a_sentence_may_break_so_that_the_table_stays_on_the_page(staged):
    page = desk_of(staged("published"), AUDITOR).get("/logboek")
    assert re.search(r'<code class="digest">[0-9a-f]{64}</code>', page.html)
    assert not re.search(r"[ :][0-9a-f]{64}", page.html)


def test_the_log_can_be_read_per_round_and_page_by_page(staged):
    review = staged("review")
    desk = desk_of(review, AUDITOR)
    desk.hire("n1", AUDITOR)
    assert "test voegde n1 toe" in desk.get("/logboek").text
    assert "test voegde n1 toe" not in desk.get("/logboek?ronde=proef-2027").text
    for odd in ("blz=0", "blz=-1", "blz=999999", "blz=nee", "ronde=weg", "blz=9999999999"):
        assert desk.get(f"/logboek?{odd}").status == 200, odd


def test_the_log_is_chosen_by_who_kind_and_day_and_the_file_holds_the_same_lines(staged):
    review = staged("review")
    desk = desk_of(review, AUDITOR)
    desk.hire("n1", AUDITOR)
    day = f"{review.engine.clock().astimezone(DUTCH_TIME):%Y-%m-%d}"
    page = desk.get(f"/logboek?soort=officials&wie=test&van={day}&tot={day}")
    assert "test voegde n1 toe" in page.text
    assert "zette de ronde klaar" not in page.text
    rows = desk.get("/logboek.csv?soort=officials&wie=test").body.decode().splitlines()
    assert len(rows) == 3  # the heading, kim and n1
    for nothing in ("wie=niemand", "soort=geld", "van=2099-01-01", "tot=2001-01-01", "ronde=weg"):
        assert "Geen regels gevonden." in desk.get(f"/logboek?{nothing}").text, nothing
    wrong = desk.get("/logboek?van=gisteren")
    assert wrong.status == 422
    assert "Deze datum klopt niet." in wrong.text
    for event in EVENTS:
        assert kind_of(event) in KINDS, event


def test_a_log_that_was_tampered_with_says_so_and_at_which_line(staged):
    review = staged("review")
    desk = desk_of(review, AUDITOR)
    path = review.engine.settings.site_db.removeprefix("sqlite:///")
    with sqlite3.connect(path) as store:
        triggers = store.execute("select name from sqlite_master where type = 'trigger'").fetchall()
        for (name,) in triggers:
            store.execute(f'drop trigger "{name}"')
        table = store.execute(
            "select name from sqlite_master where type = 'table' and name like '%log%'"
        ).fetchone()[0]
        store.execute(f"update {table} set by_whom = 'iemand' where number = 3")
    page = desk.get("/logboek")
    assert page.status == 409
    assert "Het logboek klopt niet meer" in page.text
    assert "Regel 3 is veranderd" in page.text


def test_the_log_leaves_as_a_file_that_no_spreadsheet_takes_for_formulas(staged):
    review = staged("review")
    take_step(review.engine, review.slug, "cancel", "=1+1", '=HYPERLINK("x";"y")')
    desk = desk_of(review, AUDITOR)
    file = desk.get("/logboek.csv")
    assert "attachment" in file.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(file.body.decode())))
    assert rows[0] == ["number", "at", "round", "by", "event", "sentence", "hash"]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, len(rows))]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def link_of(page):
    return "/uitnodiging/" + page.html.split("/beheer/uitnodiging/")[1].split("<")[0]


def test_an_invited_official_chooses_a_password_once_and_gets_the_roles_they_were_given(staged):
    desk = desk_of(staged("review"), TEAM)
    fields = {"name": "Noor", "email": "noor@example.org", "role": AUDITOR, "active": "1"}
    invited = desk.post("/medewerkers/nieuw", {**fields, "roles": TEAM})
    with desk.engine.stores.site.read() as work:
        (mail,) = [one for one in work.messages.due(50, desk.engine.clock()) if "Noor" in one.body]
    link = link_of(invited)
    assert link in mail.body
    assert mail.to == "noor@example.org"
    assert "uitgenodigd tot" in desk.get("/medewerkers").text
    other = DeskVisitor(desk.engine)
    assert "Noor" in other.get(link).text
    for wrong in ({"password": "kort", "again": "kort"}, {"password": PASSWORD, "again": "x"}):
        assert other.post(link, wrong).status == 422
    assert WRONG in other.log_in("noor").text
    chosen = {"password": PASSWORD, "again": PASSWORD, "role": TEAM, "name": "baas"}
    assert "Uw wachtwoord is opgeslagen." in other.post(link, chosen).text
    assert "Overzicht" in other.log_in("noor").text
    now = find_official(desk.engine, email="noor@example.org")
    assert (now.name, now.roles) == ("Noor", (AUDITOR,))
    assert other.post(link, chosen).status == other.get(link).status == 422  # used
    assert "Noor nam de uitnodiging voor het beheer aan." in desk.get("/logboek").text
    again = {**fields, "name": "Nora"}
    assert desk.post("/medewerkers/nieuw", again).status == 422  # the address is taken


def test_an_invitation_that_is_forged_replaced_withdrawn_or_late_opens_nothing(staged):
    review = staged("review")
    desk = desk_of(review, TEAM)
    fields = {"name": "Noor", "email": "noor@example.org", "role": AUDITOR}
    first = link_of(desk.post("/medewerkers/nieuw", fields))
    number = find_official(desk.engine, email="noor@example.org").id
    second = link_of(desk.post(f"/medewerkers/{number}/uitnodigen", {}))
    chosen = {"password": PASSWORD, "again": PASSWORD}
    other = DeskVisitor(desk.engine)
    for dead in (first, "/uitnodiging/" + "A" * 43):
        assert "Deze link werkt niet meer." in other.post(dead, chosen).text
    late = DeskVisitor(at(desk.engine, desk.engine.clock() + timedelta(days=7)))
    assert late.post(second, chosen).status == 422
    desk.post(f"/medewerkers/{number}/rollen/geven", {"role": "moderator"})
    assert other.post(second, chosen).status == 422  # it was for other roles
    third = link_of(desk.post(f"/medewerkers/{number}/uitnodigen", {}))
    desk.post(f"/medewerkers/{number}/intrekken", {})
    assert other.post(third, chosen).status == 422
    assert not find_official(desk.engine, id=number).active
    assert desk.post(f"/medewerkers/{desk.hire('sam', AUDITOR).id}/uitnodigen", {}).status == 422


def test_two_officials_never_bear_one_name_or_one_could_decide_for_two(staged):
    desk = desk_of(staged("review"), TEAM)
    fields = {"name": "Noor Bos", "email": "noor@example.org", "role": AUDITOR}
    assert desk.post("/medewerkers/nieuw", fields).status == 200
    for name in ("Noor Bos", " nóór  BOS "):
        refused = desk.post(
            "/medewerkers/nieuw", {**fields, "name": name, "email": "n2@example.org"}
        )
        assert "Er is al een account met deze naam." in refused.text
    assert find_official(desk.engine, email="n2@example.org") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "geen adres"},
        {"email": ""},
        {"email": "noor @example.org"},
        {"name": ""},
        {"name": "clock"},
        {"role": ""},
        {"role": "baas"},
        {"name": "a" * 81},
        {"email": "a" * 200 + "@example.org"},
    ],
)
def test_an_account_that_is_not_right_is_not_made(staged, wrong):
    desk = desk_of(staged("review"), TEAM)
    fields = {"name": "Noor", "email": "noor@example.org", "role": AUDITOR, **wrong}
    assert desk.post("/medewerkers/nieuw", fields).status == 422
    assert find_official(desk.engine, email="noor@example.org") is None


def test_a_blocked_official_is_out_at_once_and_can_be_let_in_again(staged):
    desk = desk_of(staged("review"), TEAM)
    noor = desk.hire("noor", AUDITOR)
    other = DeskVisitor(desk.engine)
    other.log_in("noor")
    assert other.get("/").path == "/beheer/"
    desk.post(f"/medewerkers/{noor.id}/blokkeren", {})
    assert other.get("/").path == "/beheer/inloggen"
    assert "horen niet bij elkaar" in other.log_in("noor").text
    desk.post(f"/medewerkers/{noor.id}/toelaten", {})
    assert "Overzicht" in other.log_in("noor").text


def test_a_forgotten_password_is_replaced_by_the_team(staged):
    desk = desk_of(staged("review"), TEAM)
    noor = desk.hire("noor", AUDITOR)
    page = desk.post(f"/medewerkers/{noor.id}/wachtwoord", {})
    password = page.html.split('class="big-code"><code>')[1].split("<")[0]
    other = DeskVisitor(desk.engine)
    assert "horen niet bij elkaar" in other.log_in("noor", PASSWORD).text
    assert "Overzicht" in other.log_in("noor", password).text


def test_roles_are_given_and_taken_one_by_one_and_every_change_logs_out(staged):
    desk = desk_of(staged("review"), TEAM)
    noor = desk.hire("noor", AUDITOR)
    other = DeskVisitor(desk.engine)
    other.log_in("noor")
    at = f"/medewerkers/{noor.id}/rollen"
    page = desk.post(f"{at}/geven", {"role": "moderator", "scope": "proef-2027", "name": "baas"})
    assert "moderator (proef-2027)" in page.text
    assert other.get("/").path == "/beheer/inloggen"
    for wrong in ({"role": "baas"}, {"role": "moderator", "scope": "weg-2027"}, {"role": ""}):
        assert desk.post(f"{at}/geven", wrong).status == 422, wrong
    desk.post(f"{at}/afnemen", {"role": AUDITOR})
    assert (
        "Dit is de enige rol."
        in desk.post(f"{at}/afnemen", {"role": "moderator", "scope": "proef-2027"}).text
    )
    now = find_official(desk.engine, id=noor.id)
    assert (now.name, [str(one) for one in now.grants]) == ("noor", ["moderator:proef-2027"])
    log = desk.get("/logboek").text
    assert "kim gaf noor de rol moderator (" in log
    assert "kim nam van noor de rol controleur af." in log


def test_nobody_promotes_themselves_and_somebody_always_keeps_the_accounts(staged):
    desk = desk_of(staged("review"), f"{TEAM}:proef-2027", AUDITOR)
    me = find_official(desk.engine, email="kim@example.org")
    assert desk.post(f"/medewerkers/{me.id}/rollen/geven", {"role": TEAM}).status == 403
    boss = desk.hire("baas", TEAM)
    with pytest.raises(NotAllowed):
        give_role(desk.engine, boss.id, "auditor", "baas")
    for attempt in (
        lambda: set_access(desk.engine, boss.id, "kim", allowed=False),
        lambda: take_role(
            desk.engine, give_role(desk.engine, boss.id, "auditor", "kim").id, TEAM, "kim"
        ),
    ):
        with pytest.raises(InvalidOfficial, match="somebody must be left"):
            attempt()
    assert find_official(desk.engine, id=boss.id).active


def test_what_the_log_in_stores_brings_no_role_back(staged):
    desk = desk_of(staged("review"), TEAM)
    noor = desk.hire("noor", AUDITOR, "moderator")
    take_role(desk.engine, noor.id, AUDITOR, "kim")
    save_official(desk.engine, noor, "noor", "password")
    assert find_official(desk.engine, id=noor.id).roles == ("moderator",)


def test_nobody_locks_themselves_out_or_changes_an_account_that_is_not_there(staged):
    desk = desk_of(staged("review"), TEAM)
    me = find_official(desk.engine, email="kim@example.org")
    noor = desk.hire("noor", AUDITOR)
    for path in (f"{me.id}/blokkeren", "999/blokkeren", f"{noor.id}/verwijderen"):
        assert desk.post(f"/medewerkers/{path}", {}).status == 404
    assert find_official(desk.engine, id=me.id).active
