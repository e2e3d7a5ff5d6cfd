"""The self-check: seven features, an answer with a reason for each, and what the engine knows."""

import pytest

from pb_engine.domain.charter import QUESTIONS, Feature
from pb_engine.services.charter import NewFinding, answer_charter, self_check
from pb_engine.services.documents import library
from tests.services.test_documents import words_in_docx, words_of
from tests.web.desk_visitor import AUDITOR, TEAM, DeskVisitor, desk_of

EVIL = "<script>alert(1)</script> {{ 7*7 }}"


def answer(desk, page=None, **values):
    page = page or desk.get("~/zelfcheck")
    return desk.send(page, page.form("text_fair"), **values)


def test_every_feature_of_the_charter_is_asked_and_has_evidence_of_the_engine(staged):
    published = staged("published")
    check = self_check(published.engine, published.slug)
    assert list(QUESTIONS) == list(Feature)
    assert len(Feature) == 7
    assert all(check.evidence[feature] for feature in Feature)
    text = desk_of(published, TEAM).get("~/zelfcheck").text
    for question in QUESTIONS.values():
        assert question.name.nl in text
    assert "Ideeën met geld: 3" in text
    assert "De spelregels lagen vast voordat ideeën binnenkwamen." in text


def test_before_the_result_nothing_is_said_that_only_the_result_tells(staged):
    voting = staged("voting")
    told = self_check(voting.engine, voting.slug).evidence
    said = " ".join(one.nl for all_of in told.values() for one in all_of)
    assert "papier" not in said
    assert "Ideeën met geld" not in said
    assert "gepubliceerd" not in said


def test_answers_stand_in_the_annex_of_the_end_report_and_open_ones_say_so(staged):
    desk = desk_of(staged("published"), TEAM)
    assert "Bijlage" not in desk.get("~/documenten/eindverslag").text
    page = answer(desk, answer_fair="partly", text_fair=f"Weinig jongeren. {EVIL}")
    assert "De antwoorden zijn bewaard." in page.text
    assert "<script>alert" not in page.html
    report = library.document_of(desk.engine, desk.slug, "eindverslag")
    for text in (words_of(report), words_in_docx(report)):
        assert "Bijlage: zelfcheck" in text
        assert "Eerlijk en voor iedereen: deels" in text
        assert "Weinig jongeren." in text
        assert "Bewoners beslissen: niet beantwoord" in text
        assert "Ideeën met geld: 3" in text
    assert "vulde de zelfcheck in: 1 antwoorden" in desk.get("/logboek").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"answer_fair": "yes"}, "text_fair"),
        ({"answer_fair": "misschien", "text_fair": "x"}, "answer_fair"),
        ({"text_creative": "x"}, "answer_creative"),
        ({"answer_fair": "no", "text_fair": "x" * 1001}, "text_fair"),
    ],
)
def test_an_answer_without_a_reason_and_a_reason_without_an_answer_are_refused(
    staged, typed, field
):
    desk = desk_of(staged("review"), TEAM)
    page = answer(desk, **typed)
    assert page.status == 422
    assert f'href="#veld-{field}"' in page.html
    assert self_check(desk.engine, desk.slug).findings == {}


def test_two_who_answer_do_not_overwrite_each_other_and_an_auditor_only_reads(staged):
    review = staged("review")
    desk = desk_of(review, TEAM)
    page = desk.get("~/zelfcheck")
    assert answer(desk, page, answer_fair="yes", text_fair="Ja.").status == 200
    late = answer(desk, page, answer_fair="no", text_fair="Nee.")
    assert late.status == 409
    assert "Nee." in late.html
    auditor = DeskVisitor(review.engine, review.slug)
    auditor.hire("sam", AUDITOR)
    auditor.log_in("sam")
    read = auditor.get("~/zelfcheck")
    assert "nog niet beantwoord" in read.text
    assert 'name="text_fair"' not in read.html
    assert auditor.post("~/zelfcheck", {"answer_fair": "no", "text_fair": "x"}).status == 403


def test_a_feature_that_is_taken_away_again_is_open_again(staged):
    review = staged("review")
    one = {"fair": NewFinding("yes", "Ja.")}
    answer_charter(review.engine, review.slug, one, 0, "kim")
    answer_charter(review.engine, review.slug, {"fair": NewFinding("", "")}, 1, "kim")
    assert self_check(review.engine, review.slug).findings == {}
