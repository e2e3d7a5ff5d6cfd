"""Commenting on rules that lie open, and reading those comments at the desk."""

from datetime import date

import pytest

from pb_engine.domain.phases import Window, midnight
from pb_engine.domain.rounds import Agreement, Plan, Stand
from tests.builders import a_round, a_round_in, both
from tests.web.desk_visitor import TEAM, desk_of
from tests.web.visitor import Visitor

PLAN = Plan(
    goal=both("Een fijnere wijk."),
    influence=both("U bepaalt wat er komt."),
    substance=both("Alles in de wijk."),
    finance=both("Het geld is vast."),
    procedure=both("De verordening geldt."),
    decided_by=both("Het college"),
    decided_on=date(2027, 1, 12),
)


@pytest.fixture
def draft(tmp_path):
    round_ = a_round(
        consultation=Window(date(2027, 2, 10), date(2027, 2, 20)),
        agreements=(Agreement("Wijkraad Proef", 2, Stand.IN_WRITING, date(2027, 2, 1)),),
        plan=PLAN,
    )
    return a_round_in(tmp_path, "draft", round_=round_).move_to(midnight(date(2027, 2, 15)))


def test_a_resident_reads_the_plan_and_says_something_and_the_desk_reads_that(draft):
    visitor = Visitor(draft)
    page = visitor.get("~/regels")
    for words in (
        "Deze spelregels zijn nog niet klaar",
        "tot en met zaterdag 20 februari 2027",
        "Wijkraad Proef Antwoordde op papier, maandag 1 februari 2027",
        "U bepaalt wat er komt.",
        "Het college, dinsdag 12 januari 2027",
    ):
        assert words in page.text
    page = visitor.get("~/regels/reactie")
    refused = visitor.send(page, "body", body="")
    assert refused.status == 422
    done = visitor.send(page, "body", body="Drie <b>stemmen</b> is te weinig.")
    assert "Dank u wel." in done.text
    desk = desk_of(draft, TEAM)
    shown = desk.get("~/wijzigen")
    assert "1 reactie op de spelregels" in shown.text
    assert "Drie &lt;b&gt;stemmen&lt;/b&gt; is te weinig." in shown.html


def test_without_a_consultation_there_is_no_form(tmp_path):
    visitor = Visitor(a_round_in(tmp_path, "draft"))
    assert "nog niet klaar" not in visitor.get("~/regels").text
    assert visitor.get("~/regels/reactie").status == 409


def test_the_first_page_lists_the_rules_that_lie_open_with_their_last_day(draft):
    page = Visitor(draft).get("/")
    assert "Denk mee over de spelregels" in page.text
    assert "U kunt meedenken tot en met zaterdag 20 februari 2027." in page.text
    assert page.html.count('href="/proef-2027/regels"') == 1


@pytest.mark.parametrize("day", [date(2027, 2, 9), date(2027, 2, 21)])
def test_the_first_page_says_nothing_of_rules_that_do_not_lie_open_today(draft, day):
    later = draft.move_to(midnight(day))
    assert "Denk mee" not in Visitor(later).get("/").text
