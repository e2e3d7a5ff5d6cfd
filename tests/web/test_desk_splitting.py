"""Merging and splitting at the desk, and the answer of a submitter by a link."""

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.services.ideas import submit_idea
from tests.builders import a_draft, a_round, a_round_in
from tests.services.test_consents import link_of
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


def test_splitting_keeps_what_was_typed_and_makes_two_ideas(desk):
    page = desk.get(f"~/ideeen/{desk.idea}/splitsen")
    form = page.form("title_1")
    values = {"title_1": "Bank", "title_2": "<b>Boom</b>", "cost_1": "500", "cost_2": "300"}
    refused = desk.send(page, form, **values)
    assert refused.status == 409
    assert dict(refused.form("title_1").fields)["title_2"] == "<b>Boom</b>"
    wrong = desk.send(page, form, **{**values, "cost_2": "veel"}, agreed="ja")
    assert wrong.status == 422
    assert 'href="#veld-cost_2"' in wrong.html
    done = desk.send(page, form, **values, agreed="ja")
    assert "Het idee is gesplitst." in done.text
    assert "<b>Boom</b>" in done.text
    assert "Een deel werd een eigen idee:" in Visitor(desk.staged).get(done.path[7:]).text
    stale = desk.send(page, form, **values, agreed="ja")
    assert stale.status == 409
    assert "Dit staat er nu." in stale.text
