"""Merging and splitting at the desk, and the answer of a submitter by a link."""

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.services.ideas import submit_idea
from tests.builders import a_draft, a_round, a_round_in
from tests.services.test_consents import link_of, split_links
from tests.web.desk_visitor import COMMISSION, desk_of
from tests.web.visitor import Visitor


@pytest.fixture
def desk(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules(consent=True)))
    draft = a_draft("Een <i>bank</i>", submitter=Submitter("Sanne", "sanne@example.org"))
    idea = submit_idea(staged.engine, staged.slug, draft).idea.id
    desk = desk_of(staged, COMMISSION)
    desk.staged, desk.idea, desk.into = staged, idea, staged.ideas["Moestuin"]
    return desk


def test_submitters_are_asked_answer_by_link_and_then_the_ideas_are_merged(desk):
    page = desk.get(f"~/ideeen/{desk.idea}")
    form = page.form("into")
    refused = desk.send(page, form, into=desk.into)
    assert refused.status == 409
    assert "2 indieners vonden dit nog niet goed." in refused.text
    page = desk.send(page, form, into=desk.into, what="ask")
    assert "2 indieners zijn gevraagd." in page.text
    resident = Visitor(desk.staged)
    question = resident.get(f"/samenvoegen/{link_of(desk.staged)}")
    assert "Een <i>bank</i>" in question.text
    assert desk.get(f"~/ideeen/{desk.idea}").text.count("gevraagd") >= 2
    answered = resident.send(question, "csrf_token", answer="yes")
    assert "U zei ja" in answered.text
    for form in desk.get(f"~/ideeen/{desk.idea}").forms:
        if "consent" in dict(form.fields):
            page = desk.send(page, form, answer="yes")
    assert "zegt nee" not in page.text
    merged = desk.send(page, page.form("into"), into=desk.into)
    assert "Alle indieners blijven indiener." in merged.text
    over = resident.get(question.path)
    assert "U kunt uw antwoord nu niet meer veranderen." in over.text
    assert resident.get("/samenvoegen/onzin").status == 410


PARTS = {"title_1": "Bank", "title_2": "<b>Boom</b>", "cost_1": "500", "cost_2": "300"}


def ask(desk, **values):
    page = desk.get(f"~/ideeen/{desk.idea}/splitsen")
    return desk.send(page, page.form("title_1"), **{**PARTS, "do": "ask", **values})


def test_a_wrong_part_is_said_at_its_field_and_what_was_typed_stays(desk):
    wrong = ask(desk, cost_2="veel")
    assert wrong.status == 422
    assert 'href="#veld-cost_2"' in wrong.html
    assert dict(wrong.form("title_1").fields)["title_2"] == "<b>Boom</b>"


def test_a_submitter_reads_the_parts_by_the_link_and_the_idea_is_split_after_a_yes(desk):
    page = ask(desk)
    assert "1 indiener is gevraagd." in page.text
    assert "Nog 1 indiener moet ja zeggen." in page.text
    resident = Visitor(desk.staged)
    question = resident.get(f"/splitsen/{split_links(desk.staged)[0]}")
    assert "<b>Boom</b>" in question.text
    assert "<b>Boom" not in question.html
    assert "U zei nee" in resident.send(question, "csrf_token", answer="no").text
    assert "zegt nee" in desk.get(page.path[7:]).text
    assert "U zei ja" in resident.send(question, "csrf_token", answer="yes").text
    page = desk.get(f"~/ideeen/{desk.idea}/splitsen")
    assert "Alle indieners zijn het ermee eens." in page.text
    done = desk.send(page, page.forms[1], do="split")
    assert "Het idee is gesplitst." in done.text
    assert "Een deel werd een eigen idee:" in Visitor(desk.staged).get(done.path[7:]).text
    assert resident.get(question.path).status == 410
    assert resident.get("/splitsen/onzin").status == 410
    stale = desk.send(page, page.form("title_1"), **PARTS, do="ask")
    assert stale.status == 409
    assert "Dit staat er nu." in stale.text


def test_an_official_writes_down_how_a_submitter_without_mail_agreed(desk):
    desk.idea = desk.staged.ideas["Moestuin"]
    page = ask(desk)
    assert "Heeft geen e-mailadres." in page.text
    form = page.form("way-0")
    wrong = desk.send(page, form, answer="yes", **{"way-0": "phone", "on-0": "30-30-2027"})
    assert wrong.status == 422
    assert 'href="#veld-on-0"' in wrong.html
    day = desk.staged.engine.today().isoformat()
    told = {"way-0": "phone", "on-0": day, "words-0": "Prima, <i>doen</i>."}
    page = desk.send(page, form, answer="yes", **told)
    assert "zegt ja" in page.text
    assert "aan de telefoon" in page.text
    assert "Prima, <i>doen</i>." in page.text
    assert "Alle indieners zijn het ermee eens." in page.text
