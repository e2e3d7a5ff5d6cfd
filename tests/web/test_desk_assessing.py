"""Assessments at the desk: a form of one's own, and a decision that starts from all of them."""

import pytest

from pb_engine.domain.review_rules import ReviewRules
from pb_engine.services import review
from pb_engine.services.assessing import NewAssessment, assess_idea, declare_interest
from tests.builders import CALENDAR, a_pass, a_round, a_round_in
from tests.services.test_assessing import GREEN, RED, WHY
from tests.services.test_review_list import REFERRED
from tests.web.desk_visitor import COMMISSION, TEAM, desk_of
from tests.web.visitor import Visitor


@pytest.fixture
def desk(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules(assessors=2)))
    desk = desk_of(staged, COMMISSION)
    desk.staged, desk.idea = staged, staged.ideas["Bankjes"]
    return desk


def assess(desk, **values):
    page = desk.get(f"~/ideeen/{desk.idea}/eigen-oordeel")
    green = {"colour__R1": "green", "colour__R2": "green", "outcome": "pass"}
    return desk.send(page, page.form("note"), **{**green, **values})


def test_a_member_assesses_and_the_decision_starts_from_all_assessments(desk):
    assess_idea(desk.engine, desk.slug, desk.idea, RED, 0, "ank")
    page = desk.get(f"~/ideeen/{desk.idea}/eigen-oordeel")
    assert "U ziet de oordelen van anderen nadat" in page.text
    assert WHY not in page.html
    assert "Het besluit kan pas" in desk.get(f"~/ideeen/{desk.idea}").text
    done = assess(desk, outcome="reject", colour__R2="red", why__R2="Er rijden daar bussen.")
    assert "Uw oordeel is opgeslagen." in done.text
    assert WHY in done.text
    assert "Bellen met de school" not in done.html
    fields = dict(desk.get(f"~/ideeen/{desk.idea}").form("final_cost").fields)
    assert fields["colour-R2"] == "red"
    assert fields["outcome"] == "reject"
    assert "Er rijden daar bussen." in fields["why-R2"]
    assert WHY in fields["why-R2"]


def test_a_mistake_keeps_what_was_typed_and_points_at_the_field(desk):
    page = assess(desk, colour__R2="red", outcome="reject", note="Niet vergeten.")
    assert page.status == 422
    assert 'href="#veld-why-R2"' in page.html
    assert dict(page.form("note").fields)["note"] == "Niet vergeten."


def test_two_windows_of_one_member_show_both_texts(desk):
    old = desk.get(f"~/ideeen/{desk.idea}/eigen-oordeel")
    assess(desk, suggestion="Kies een andere plek.")
    green = {"colour__R1": "green", "colour__R2": "green", "outcome": "pass"}
    page = desk.send(old, old.form("note"), **green, suggestion="Begin klein.")
    assert page.status == 409
    assert "Kies een andere plek." in page.text
    assert dict(page.form("note").fields)["suggestion"] == "Begin klein."
    assert desk.send(page, page.form("note"), suggestion="Begin klein.").status == 200


def test_a_declared_interest_closes_every_form_and_is_told_without_a_name(desk):
    page = desk.get(f"~/ideeen/{desk.idea}/eigen-oordeel")
    assert desk.send(page, page.form("interest"), interest="").status == 422
    done = desk.send(page, page.form("interest"), interest="Mijn zus <b>stuurde</b> dit in.")
    assert "Anderen beoordelen het." in done.text
    assert "Uw oordeel</h2>" not in done.html
    assert "<b>stuurde</b>" not in done.html
    token = {"csrf_token": desk.token(), "outcome": "pass", "seen_version": "1"}
    for path in ("oordeel", "eigen-oordeel"):
        sent = {**token, "colour-R1": "green", "colour-R2": "green", "final_cost": "100"}
        assert desk.post(f"~/ideeen/{desk.idea}/{path}", sent).status == 403
    assert desk.get(f"~/ideeen/{desk.idea}").html.count("Anderen beoordelen het.") == 1


def test_an_idea_of_another_round_is_not_assessed_here(desk):
    other = a_round_in(
        desk.engine, "ideas", round_=a_round(slug="ander-2027", review=ReviewRules(assessors=2))
    )
    strange = other.ideas["AED"]
    assert desk.get(f"~/ideeen/{strange}/eigen-oordeel").status == 404
    sent = {"colour-R1": "green", "colour-R2": "green", "outcome": "pass", "seen_version": "0"}
    assert desk.post(f"~/ideeen/{strange}/eigen-oordeel", sent).status == 404


def test_residents_read_how_many_members_stood_aside(staged):
    there = staged("ideas")
    idea = there.ideas["AED"]
    declare_interest(there.engine, there.slug, idea, "Ik woon ernaast.", "dirk")
    review.judge_idea(there.engine, there.slug, idea, a_pass(1_900_00), 1, "ank")
    page = Visitor(there).get(f"~/ideeen/{idea}")
    assert "1 lid van de commissie deed niet mee" in page.text
    assert "dirk" not in page.html
    team = desk_of(there, TEAM).get(f"~/ideeen/{idea}")
    assert "Deed niet mee vanwege een belang: dirk." in team.text


def test_the_list_shows_all_ideas_with_what_they_wait_for_and_decides_the_ticked_ones(desk):
    for member in ("ank", "bram"):
        assess_idea(desk.engine, desk.slug, desk.idea, GREEN, 0, member)
    page = desk.get("~/ideeen")
    assert "4 van 4 ideeën." in page.text
    assert "2/2" in page.text
    assert page.html.count('type="checkbox"') == 1
    assert "1 van 4 ideeën." in desk.get("~/ideeen?wacht=decision&volgorde=due").text
    assert "0 van 4 ideeën." in desk.get("~/ideeen?stand=%3Cb%3E").text
    form = page.form("referred_to")
    done = desk.send(page, form, idea=desk.idea)
    assert "1 besluit is opgeslagen." in done.text
    again = desk.send(page, form, idea=desk.idea)
    assert again.status == 409
    assert "Idee 1 is niet besloten: Iemand anders" in again.text


def test_what_is_over_its_norm_stands_on_top_of_the_list(desk):
    late = desk.staged.move_to(CALENDAR.review.end)
    desk.app.extensions["pb_engine"] = late.engine
    page = desk.get("~/ideeen")
    assert "4 ideeën zijn te laat" in page.text
    assert "oordelen moest op" in page.text


def test_an_answer_of_a_body_is_kept_and_residents_read_it(desk):
    judged(desk, REFERRED)
    page = desk.get(f"~/ideeen/{desk.idea}")
    assert "Antwoord uiterlijk" in page.text
    short = desk.send(page, page.form("reply"), reply="ja")
    assert short.status == 422
    done = desk.send(page, page.form("reply"), reply="De weg blijft <i>zoals</i> hij is.")
    assert "Het antwoord staat op de website." in done.text
    late = desk.send(page, page.form("reply"), reply="Nog een <i>ander</i> antwoord.")
    assert late.status == 409
    assert "Dit vulde u zelf in. Het is niet opgeslagen." in late.text
    assert "Nog een <i>ander</i> antwoord." in late.text
    assert "De weg blijft <i>zoals</i> hij is." in late.text
    resident = Visitor(desk.staged).get(f"~/ideeen/{desk.idea}")
    assert "De weg blijft <i>zoals</i> hij is." in resident.text
    assert "Het idee ligt nu bij" not in resident.text


def judged(desk, new):
    for member in ("ank", "bram"):
        given = NewAssessment(new.outcome, new.judgements)
        assess_idea(desk.engine, desk.slug, desk.idea, given, 0, member)
    review.judge_idea(desk.engine, desk.slug, desk.idea, new, 1, "ank")
