"""The result on one sheet: one page whatever ideas are called, and the same as the site says."""

import dataclasses

import pytest

from pb_engine.errors import WrongPhase
from pb_engine.services import result_sheet as sheets
from pb_engine.services.results import Shortage, results_page
from tests.builders import a_round_in
from tests.services.letters.pages import texts

EVIL = "#panic() \u202e<b>]] *x* $y$ " + "ideeën " * 40


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    return a_round_in(tmp_path_factory.mktemp("blad"), "published", votes=votes)


def text_of(pdf):
    (page,) = texts(pdf)
    return " ".join(page.split())


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nl", ["3 ideeën krijgen geld.", "Bankjes", "€ 1.100", "tekort".title(), "Verzonnen"]),
        ("en", ["3 ideas get money.", "Bankjes", "Short by", "Invented"]),
        (
            "de",
            ["3 Ideen bekommen Geld.", "Bankjes", "1.100 €", "Die meisten Stimmen", "Erfundene"],
        ),
        ("tr", ["3 fikir para alıyor.", "Bankjes", "€1.100", "Önce en çok oy", "Uydurma"]),
        ("pl", ["dostają pieniądze: 3.", "Bankjes", "1 100 €", "Najpierw najwięcej", "Zmyślone"]),
    ],
)
def test_a_sheet_says_what_the_site_says(published, locale, words):
    text = text_of(sheets.result_sheet(published.engine, published.slug, locale))
    assert all(word in text.replace("\u00a0", " ") for word in words), text


def test_many_ideas_with_long_and_hostile_titles_stay_on_one_page(published):
    page = results_page(published.engine, published.slug)
    many = tuple(
        dataclasses.replace(page.rows[0], title=EVIL, funded=at < 30, short=Shortage(at, "votes"))
        for at in range(60)
    )
    long = dataclasses.replace(page.round, name=dataclasses.replace(page.round.name, nl=EVIL * 3))
    document = sheets._document(dataclasses.replace(page, rows=many, round=long), "nl")
    text = text_of(sheets._set(sheets.json.dumps(document)))
    assert "En nog 16." in text
    assert "En nog 21." in text


def test_there_is_no_sheet_before_the_result(tmp_path):
    early = a_round_in(tmp_path, "explained")
    with pytest.raises(WrongPhase):
        sheets.result_sheet(early.engine, early.slug, "nl")
