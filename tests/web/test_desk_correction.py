"""A published result is corrected at the desk, and residents read both."""

import pytest

from pb_engine.services.results import results_page
from tests.totals import published_with_totals
from tests.web.desk_visitor import AUDITOR, SECRETARY, TEAM, colleague, desk_of
from tests.web.visitor import Visitor

REASON = "Stapel 1 was <i>verkeerd</i> geteld."


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return published_with_totals(tmp_path_factory.mktemp("corrigeren"))


def test_two_officials_correct_totals_and_residents_read_the_old_result_as_replaced(published):
    desk = desk_of(published, TEAM, AUDITOR)
    page = desk.get("~/tellen/corrigeren")
    form = page.form("reason")
    before = dict(form.fields)
    assert before["stapel1-regel3"] == "4"
    changed = {"stapel1-regel3": "0", "stapel1-regel4": "4"}
    refused = desk.send(page, form, reason="kort", **changed)
    assert refused.status == 422
    assert dict(refused.form("reason").fields)["stapel1-regel4"] == "4"
    wrong = desk.send(page, form, reason=REASON, **{"stapel1-regel3": "veel"})
    assert wrong.status in {409, 422}
    waits = desk.send(page, form, reason=REASON, **changed)
    assert "Er is opnieuw geteld." in waits.text
    assert "U liet zelf tellen." in waits.text
    assert "gecorrigeerd" not in resident(published).text
    assert desk.post("~/tellen/vaststellen", {}).status == 403
    assert desk.post("~/tellen/corrigeren/publiceren", {}).status == 409
    second = colleague(desk, "noor", SECRETARY)
    page = second.get("~/tellen/corrigeren")
    adopted = second.send(page, next(one for one in page.forms if "vaststellen" in one.action))
    assert "De uitslag is vastgesteld." in adopted.text
    page = desk.get("~/tellen/corrigeren")
    told = desk.send(page, next(one for one in page.forms if "publiceren" in one.action))
    assert "De gecorrigeerde uitslag is gepubliceerd." in told.text
    public = resident(published)
    assert "Deze uitslag is gecorrigeerd." in public.text
    assert "Versie 1: vervangen op" in public.text
    assert "Deze uitslag geldt niet meer." in public.text
    assert REASON in public.text
    assert "Toen kregen deze ideeën geld: Speeltoestel" in public.text
    for name in ("record.json", "versie-1-record.json", "versie-1-bundle.zip"):
        assert Visitor(published).get(f"~/uitslag/bestanden/{name}").status == 200
    assert "noor stelde de uitslag vast" in desk.get("/logboek").text
    rows = results_page(published.engine, published.slug).rows
    assert {row.title: row.voters for row in rows}["AED"] == 4


def resident(staged):
    return Visitor(staged).get("~/uitslag")
