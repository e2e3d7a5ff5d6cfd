"""Saved money of an area in the pages on which its next round is written."""

import pytest

from pb_engine.domain.round_document import round_document
from pb_engine.services import round_drafts
from pb_engine.services.leftovers import UNDIVIDED, NewLeftover, decide_leftover
from pb_engine.units import RoundId
from tests.builders import a_round, calendar_in
from tests.web.desk_visitor import TEAM, desk_of
from tests.web.visitor import Visitor

SAVED = "proef-2027||110000"


@pytest.fixture
def desk(staged):
    desk = desk_of(staged("published"), TEAM)
    new = NewLeftover("saved", "Een <b>speelplein</b>", 1)
    decide_leftover(desk.engine, desk.slug, UNDIVIDED, new, 0, "kim")
    return desk


def a_draft(desk, year=2028):
    draft = round_drafts.start_draft(desk.engine, "kim")
    made = a_round(slug=RoundId(f"proef-{year}"), calendar=calendar_in(year))
    document = round_document(made)
    round_drafts.change_draft(desk.engine, draft, "plan", document, 0, "kim")
    return draft


def money_page(desk, draft):
    return desk.get(f"/rondes/concept/{draft}/geld")


def the_form(page):
    (form,) = [one for one in page.forms if "seen" in dict(one.fields)]
    return form


def test_the_saved_money_of_the_area_can_be_ticked_and_is_then_in_the_round(desk):
    draft = a_draft(desk)
    page = money_page(desk, draft)
    assert "€ 1.100 uit proef-2027, voor: Een <b>speelplein</b>" in page.text
    assert "tot en met woensdag 31 mei 2028" in page.text
    assert "zo kan het niet" not in page.text
    desk.send(page, the_form(page), **{"fund-saved": SAVED, "stay": "ja"})
    document = round_drafts.one_draft(desk.engine, draft).document
    assert document["fund"]["saved"] == [{"round": "proef-2027", "cents": 1_100_00}]
    assert f'value="{SAVED}" id="veld-fund-saved" checked' in money_page(desk, draft).html
    assert "€ 1.100 uit proef-2027" in desk.get(f"/rondes/concept/{draft}/nakijken").text
    made = round_drafts.make_round(desk.engine, draft, 2, "kim")
    assert made.fund.saved[0].cents == 1_100_00
    copied = round_drafts.copy_as_draft(desk.engine, made.slug, "kim")
    assert "saved" not in round_drafts.one_draft(desk.engine, copied).document["fund"]
    assert "Er is geen gespaard geld" in money_page(desk, copied).text
    again = round_drafts.reopen_as_draft(desk.engine, made.slug, "kim")
    assert f'value="{SAVED}" id="veld-fund-saved" checked' in money_page(desk, again).html


def test_money_that_ends_before_the_ideas_open_says_so_and_is_refused_on_the_last_page(desk):
    draft = a_draft(desk, 2029)
    page = money_page(desk, draft)
    assert "De ideeën gaan pas daarna open: zo kan het niet." in page.text
    page = desk.send(page, the_form(page), **{"fund-saved": SAVED, "stay": "ja"})
    assert "Dit gespaarde geld is dan verlopen." in page.text
    assert "verlopen" in desk.get(f"/rondes/concept/{draft}/nakijken").text


@pytest.mark.parametrize("sent", ["proef-2027||110001", "elders||5", "proef-2027||-1", "x", "|||"])
def test_saved_money_that_a_form_makes_up_never_gets_into_a_round(desk, sent):
    draft = a_draft(desk)
    page = money_page(desk, draft)
    desk.send(page, the_form(page), **{"fund-saved": sent, "stay": "ja"})
    document = round_drafts.one_draft(desk.engine, draft).document
    checked = round_drafts.check_draft(desk.engine, document)
    made = checked.round
    assert made is None or made.fund.saved == ()


def test_where_nothing_is_saved_the_page_says_so(staged):
    desk = desk_of(staged("published"), TEAM)
    assert "Er is geen gespaard geld voor dit gebied." in money_page(desk, a_draft(desk)).text


def test_residents_of_the_next_round_read_how_much_of_its_money_was_saved(desk):
    draft = a_draft(desk)
    page = money_page(desk, draft)
    desk.send(page, the_form(page), **{"fund-saved": SAVED, "stay": "ja"})
    round_drafts.make_round(desk.engine, draft, 2, "kim")

    class Public:
        engine, slug, ideas = desk.engine, "proef-2028", {}

    assert "Daarvan is € 1.100 gespaard in eerdere rondes." in Visitor(Public).get("~/").text
