"""Every refusal has a status and a sentence in two languages; nothing becomes a bare 500."""

import json
import re

import pytest
import structlog
from structlog.testing import capture_logs

from pb_engine.errors import EngineError, InvalidBallot, InvalidIdea, every_error
from pb_engine.services import pages
from web import error_texts, error_variants
from web.errors import field_mistakes, filled, sentence_of, status_of
from web.texts import locale

ERRORS = sorted(set(every_error()), key=lambda kind: kind.code)
ALL_SENTENCES = [
    *(told.sentence for told in error_texts.SENTENCES.values()),
    *error_variants.VARIANTS.values(),
    *error_texts.HTTP_SENTENCES.values(),
    *error_texts.FIELD_MISTAKES.values(),
    error_texts.EXPIRED_FORM,
]
JARGON = ("sessie", "authenticatie", "ongeldig verzoek", "gefaald", "parameter", "error")


@pytest.fixture
def in_language(voting):
    def enter(language):
        return voting.app.test_request_context(headers={"Accept-Language": language})

    return enter


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.code)
def test_every_error_has_a_status_and_a_sentence_in_both_languages(in_language, kind):
    assert kind.code in error_texts.SENTENCES
    problem = kind("for the operator")
    assert 400 <= status_of(problem) <= 503
    assert status_of(problem) != 500
    told = {}
    for language in ("nl", "en"):
        with in_language(language):
            assert locale() == language
            told[language] = sentence_of(problem)
    assert told["nl"] != told["en"]
    assert "for the operator" not in told.values()


def test_every_sentence_belongs_to_an_error_that_exists():
    codes = {kind.code for kind in ERRORS}
    assert set(error_texts.SENTENCES) == codes
    assert {code for code, _ in error_variants.VARIANTS} <= codes


@pytest.mark.parametrize("sentence", ALL_SENTENCES)
def test_sentences_are_short_and_plain(sentence):
    assert not any(word in sentence.lower() for word in JARGON)
    for part in re.split(r"[.?!] ", sentence):
        assert len(part.split()) <= 20


@pytest.mark.parametrize("sentence", ALL_SENTENCES)
def test_a_sentence_fills_in_what_it_knows_and_survives_what_it_does_not(in_language, sentence):
    with in_language("nl"):
        whole = filled(sentence, {"limit": 5, "given": 7, "criterion": "R1"})
        empty = filled(sentence, {})
    assert "%(" not in whole
    assert "%(" not in empty


def test_money_in_a_sentence_is_written_as_money(in_language):
    problem = InvalidBallot("x", problem="over_budget", given=9_000_00, limit=8_000_00)
    with in_language("nl"):
        assert "€\u00a01.000" in sentence_of(problem)
    with in_language("en"):
        assert "€9,000" in sentence_of(problem)


def test_mistakes_in_fields_are_read_even_when_they_are_odd(in_language):
    problem = InvalidIdea("x", all="title:too_short:3 cost:too_low:25000 x:new_kind:1 y")
    with in_language("nl"):
        told = field_mistakes(problem)
    assert "3 tekens" in told["title"]
    assert "€\u00a0250" in told["cost"]
    assert set(told) == {"title", "cost", "x", "y"}


def test_what_breaks_is_a_sentence_without_detail_and_a_line_in_the_log(voting, monkeypatch):
    def break_down(*_):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(pages, "round_page", break_down)
    with capture_logs() as lines:
        page = voting.get("~/")
    assert page.status == 500
    assert "Er ging iets mis bij ons" in page.text
    assert "secret detail" not in page.html
    broken = next(line for line in lines if line["event"] == "broken")
    assert broken["kind"] == "ZeroDivisionError"
    assert "break_down" in broken["where"][-1]
    assert "secret detail" not in str(lines)


def test_a_refused_engine_is_a_503_with_a_sentence(voting, monkeypatch):
    from pb_engine.errors import StoreProblem

    def busy(*_):
        raise StoreProblem("site store: database is locked")

    monkeypatch.setattr("web.resident.site.reach", busy)
    page = voting.get("/readyz")
    assert page.status == 503
    assert "te druk" in page.text
    assert "locked" not in page.html


def test_wrong_methods_are_405(voting):
    assert voting.post("~/", {}).status in {400, 405}
    assert voting.get("~/stemmen/wissen").status == 405
    assert voting.client.put("/proef-2027/bewijs").status_code in {400, 405}


def test_the_log_of_requests_holds_nothing_personal(voting):
    structlog.reset_defaults()
    with capture_logs() as lines:
        voting.cast(voting.staged.codes[0], "AED")
        voting.get("~/ideeen?zoek=mijn+geheim")
        voting.send(voting.get("~/stemmen"), "code", code="MIJN-CODE")
    text = json.dumps(lines, default=str)
    for secret in (voting.staged.codes[0], "geheim", "MIJN", "127.0.0.1", voting.ids("AED")[0]):
        assert secret not in text
    assert {line["endpoint"] for line in lines if line["event"] == "request"} >= {"ballot", "done"}
    allowed = {"app", "method", "endpoint", "status", "refusal", "ms", "event", "log_level"}
    assert all(set(line) <= allowed for line in lines if line["event"] == "request")


def test_an_error_without_a_table_entry_still_is_a_sentence(voting):
    class Unheard(EngineError):
        code = "unheard_of"

    with voting.app.test_request_context():
        assert status_of(Unheard("x")) == 400
        assert sentence_of(Unheard("x")).startswith("Dit lukt niet")
    del Unheard
    import gc

    gc.collect()  # every_error() walks the subclasses that are alive
