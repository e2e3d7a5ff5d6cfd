"""Help with an idea: the broker names a helper or a place, and the page of the idea shows it."""

import pytest

from pb_engine.services import aids
from tests.builders import a_round, a_round_in
from tests.web.desk_visitor import BROKER, COMMISSION, DeskVisitor, desk_of
from tests.web.visitor import Visitor

HALL = {"kind": "space", "name": "Buurthuis Beien", "detail": "Roomweg 1, elke dag tot 17 uur"}
KIM = {"kind": "helper", "name": "Kim van het team", "detail": "053 123 45 67"}


@pytest.fixture
def both(staged):
    """The desk of a broker and a visitor, and an idea of one round."""
    made = staged("ideas")
    return desk_of(made, BROKER), Visitor(made), made.ideas["AED"]


def test_a_helper_and_a_place_stand_on_the_page_of_the_idea_until_they_are_taken_away(both):
    desk, visitor, idea = both
    assert "Hulp bij dit idee" not in visitor.get(f"~/ideeen/{idea}").text
    page = desk.get(f"~/ideeen/{idea}")
    page = desk.send(page, page.form("detail"), **HALL)
    assert "De hulp staat bij het idee." in page.text
    desk.send(page, page.form("detail"), **KIM)
    shown = visitor.get(f"~/ideeen/{idea}").text
    assert "Een plek om te gebruiken: Buurthuis Beien" in shown
    assert "Roomweg 1, elke dag tot 17 uur" in shown
    assert shown.index("Kim van het team") < shown.index("Buurthuis Beien")
    helper, _ = aids.aids_of(desk.engine, desk.slug, idea)
    assert "De hulp is weggehaald." in desk.post(f"~/ideeen/{idea}/hulp/{helper.id}/weg", {}).text
    assert "Kim van het team" not in visitor.get(f"~/ideeen/{idea}").text
    assert desk.post(f"~/ideeen/{idea}/hulp/{helper.id}/weg", {}).status == 404


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "geld"}, "Kies iets uit de lijst."),
        ({"name": " "}, "U heeft hier nog niets ingevuld."),
        ({"detail": "x" * 201}, "Deze tekst is te lang."),
    ],
)
def test_what_is_not_right_is_named_and_stays_on_the_page(both, values, sentence):
    desk, _, idea = both
    page = desk.post(f"~/ideeen/{idea}/hulp", {**HALL, **values})
    assert page.status == 422
    assert sentence in page.text
    assert dict(page.form("detail").fields)["name"] == {**HALL, **values}["name"]
    assert aids.aids_of(desk.engine, desk.slug, idea) == ()


def test_no_more_than_six_and_what_somebody_writes_is_text(both):
    desk, visitor, idea = both
    for _ in range(6):
        aids.add_aid(desk.engine, desk.slug, idea, "space", "<b>Zaal</b> {{ 7*7 }}", "hier", "kim")
    assert "Er staat al veel hulp bij dit idee." in desk.post(f"~/ideeen/{idea}/hulp", HALL).text
    for page in (visitor.get(f"~/ideeen/{idea}"), desk.get(f"~/ideeen/{idea}")):
        assert "<b>Zaal</b>" not in page.html
        assert "{{ 7*7 }}" in page.text


def test_help_of_another_round_is_out_of_reach_and_a_member_reads_only(both):
    desk, _, idea = both
    a_round_in(desk.engine, "ideas", round_=a_round(slug="andere-2027"))
    assert desk.post(f"/andere-2027/ideeen/{idea}/hulp", HALL).status == 404
    aid = aids.add_aid(desk.engine, desk.slug, idea, *KIM.values(), "kim")
    assert desk.post(f"/andere-2027/ideeen/{idea}/hulp/{aid.id}/weg", {}).status == 404
    member = DeskVisitor(desk.engine)
    member.hire("noor", COMMISSION)
    member.log_in("noor")
    page = member.get(f"~/ideeen/{idea}")
    assert "Kim van het team" in page.text
    assert "hulp/" not in page.html
    assert member.post(f"~/ideeen/{idea}/hulp", HALL).status == 403
    assert aids.aids_of(desk.engine, desk.slug, idea) == (aid,)
