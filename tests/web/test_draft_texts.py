"""A round that is being written: its colour, its texts in further languages, its trial letter."""

from dataclasses import replace

import pytest

from pb_engine.services import draft_texts, round_drafts
from pb_engine.services.round_drafts import value_at
from pb_engine.units import LANGUAGES
from tests.builders import a_round
from tests.web.test_desk_drafting import kept, the_draft
from tests.web.test_draft_settings import at, with_a_draft
from web.desk.draft_changes import rule_changes


@pytest.fixture
def desk(tmp_path):
    return with_a_draft(tmp_path, languages=LANGUAGES)


def keys(desk):
    texts = draft_texts.texts_of(the_draft(desk))
    return {one.path: one.key for one in texts}


def said(desk, path):
    return value_at(the_draft(desk).document, path)


def test_every_text_of_a_round_can_be_said_in_each_of_its_languages(desk):
    page = at(desk, "teksten")
    assert "\u2068Deutsch\u2069: 0 van" in page.text
    german = at(desk, "taal/de")
    assert "Proefwijk beter" in german.text
    named = keys(desk)
    typed = {named["name"]: "Besseres Viertel", named["criteria.0.text"]: "Im Viertel."}
    assert "Bewaard." in kept(desk, german, **typed).text
    assert said(desk, "name")["de"] == "Besseres Viertel"
    assert the_draft(desk).document["criteria"][0]["text"]["de"] == "Im Viertel."
    assert "\u2068Deutsch\u2069: 2 van" in at(desk, "teksten").text
    kept(desk, at(desk, "taal/de"), **{named["name"]: ""})
    assert "de" not in said(desk, "name")
    assert 'dir="rtl"' in at(desk, "taal/ar").html


def test_a_round_reads_its_translations_and_a_page_keeps_them(desk):
    kept(desk, at(desk, "taal/pl"), **{keys(desk)["summary"]: "Co poprawi okolicę?"})
    kept(desk, at(desk, "plan"), slug="proef-2028")
    made = round_drafts.check_draft(desk.engine, the_draft(desk).document).round
    assert made.summary.pl == "Co poprawi okolicę?"


def test_a_translation_of_what_the_dutch_said_before_is_not_kept(desk):
    page, before = at(desk, "taal/tr"), keys(desk)["name"]
    kept(desk, at(desk, "plan"), **{"name-nl": "Heel anders"})
    kept(desk, page, **{before: "Daha iyi mahalle"})
    assert "tr" not in said(desk, "name")


def test_two_translators_do_not_overwrite_each_other(desk):
    page, name = at(desk, "taal/de"), keys(desk)["name"]
    kept(desk, page, **{name: "Eins"})
    second = kept(desk, page, **{name: "Zwei"})
    assert second.status == 409
    assert "Iemand anders was u voor" in second.text
    assert "Eins" in second.text
    assert said(desk, "name")["de"] == "Eins"
    assert "Bewaard." in kept(desk, second, **{name: "Zwei"}).text


def test_a_language_that_the_round_lacks_and_a_text_without_end_are_refused(tmp_path):
    desk = with_a_draft(tmp_path, languages=("nl", "en", "de"))
    assert at(desk, "taal/tr").status == at(desk, "taal/en").status == 404
    assert "Andere talen" in at(desk, "teksten").text
    long = kept(desk, at(desk, "taal/de"), **{keys(desk)["name"]: "a" * 5001})
    assert long.status == 422
    assert "Deze tekst is te lang." in long.text
    assert "de" not in said(desk, "name")


@pytest.mark.parametrize(
    ("colour", "sentence"),
    [
        ("groen", "Schrijf een kleur met kleine letters, zoals #0a5c36."),
        ("#ffff00", "Deze kleur is te licht voor witte letters: 1.07 op 1"),
    ],
)
def test_a_colour_on_which_white_cannot_be_read_is_refused_at_its_field(desk, colour, sentence):
    assert sentence in kept(desk, at(desk, "teksten"), accent=colour).text
    kept(desk, at(desk, "teksten"), accent="#0a5c36")
    assert said(desk, "accent") == "#0a5c36"


def test_a_trial_letter_comes_once_everything_is_filled_in(desk):
    waiting = at(desk, "proefbrief.pdf")
    assert "De brief kan pas als alles is ingevuld." in waiting.text
    kept(desk, at(desk, "plan"), slug="proef-2028")
    letter = at(desk, "proefbrief.pdf")
    assert letter.headers["content-type"] == "application/pdf"
    assert letter.body.startswith(b"%PDF")


def test_a_copy_of_a_round_keeps_all_its_languages(tmp_path):
    name = replace(a_round().name, de="Besseres Viertel")
    desk = with_a_draft(tmp_path, name=name, languages=("nl", "en", "de"))
    assert dict(at(desk, "taal/de").form("seen").fields)[keys(desk)["name"]] == "Besseres Viertel"


def test_the_last_page_shows_texts_that_name_another_number_than_the_rules(desk):
    kept(desk, at(desk, "plan"), slug="proef-2028")
    assert "Kijk deze teksten na" not in at(desk, "nakijken").text
    kept(desk, at(desk, "taal/pl"), **{keys(desk)["summary"]: "Masz 7 głosów."})
    page = at(desk, "nakijken")
    assert "Kijk deze teksten na" in page.text
    assert "summary (pl) noemt “7 głosów”" in page.text


def test_a_translation_that_changes_in_a_round_that_has_begun_stands_among_the_changes(tmp_path):
    desk = with_a_draft(tmp_path, languages=("nl", "en", "de"))
    page = at(desk, "plan")
    kept(desk, page, slug=desk.slug)
    german = at(desk, "taal/de")
    kept(desk, german, **{keys(desk)["criteria.1.text"]: "Kein Verkehr."})
    draft = the_draft(desk)
    rows = {label: new for label, _, new in changes_of_the_round(desk, draft)}
    assert rows["Voorwaarden 2 (Deutsch)"] == "Kein Verkehr."


def changes_of_the_round(desk, draft):
    before = round_drafts.rules_now(desk.engine, desk.slug)
    with desk.app.test_request_context("/beheer/"):
        return rule_changes(draft, before, {})
