"""Dutch leads, English follows, and the catalogues are fresh."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages import mofile

import web
from web import texts
from web.locale import catalogues, sentences
from web.locale.catalogues import read as catalogue

ROOT = Path(web.__file__).parent


def test_the_catalogues_hold_exactly_the_sentences_that_are_used():
    everything, residents = sentences.used()
    assert residents < everything
    for language in texts.LANGUAGES:
        wanted = residents if catalogues.for_residents_only(language) else everything
        assert {message.id for message in catalogue(language) if message.id} == wanted, language


def test_every_sentence_has_an_english_translation_with_the_same_places():
    for message in catalogue("en"):
        if not message.id:
            continue
        assert not message.fuzzy
        assert catalogues.told(message), message.id
        assert not catalogues.lost_places(message), message.id


def entries(catalogue_):
    """Return message and translation as plain values; a list and a tuple are the same here."""
    return {repr(one.id): repr(one.string) for one in catalogue_ if one.id and any(one.string)}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_compiled_catalogue_equals_the_readable_one(language):
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue(language))
    compiled.seek(0)
    stored = ROOT / "locale" / language / "LC_MESSAGES" / "messages.mo"
    with stored.open("rb") as file:
        assert entries(mofile.read_mo(file)) == entries(mofile.read_mo(compiled))


def test_no_page_writes_a_class_name_or_a_style_itself():
    shared = {"layout.html.j2"}
    for path in sorted(ROOT.rglob("*.j2")):
        if "macros" in str(path) or path.name in shared:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(class|style)=", text), path


def test_dates_and_money_are_written_as_residents_write_them(voting):
    day, moment = date(2027, 5, 10), datetime(2027, 5, 10, 7, 30, tzinfo=UTC)
    with voting.app.test_request_context(headers={"Accept-Language": "nl"}):
        assert texts.day(day) == "maandag 10 mei 2027"
        assert texts.day_short(day) == "10 mei 2027"
        assert texts.moment(moment) == "maandag 10 mei 2027 om 09:30 uur"
        assert texts.money(6_400_00) == "€\u00a06.400"
    with voting.app.test_request_context(headers={"Accept-Language": "en"}):
        assert texts.day(day) == "Monday 10 May 2027"
        assert texts.moment(moment) == "Monday 10 May 2027, 09:30"
        assert texts.money(6_400_50) == "€6,400.50"


def test_time_follows_the_dutch_clock_in_winter_too(voting):
    with voting.app.test_request_context():
        assert "om 09:30 uur" in texts.moment(datetime(2027, 1, 4, 8, 30, tzinfo=UTC))
