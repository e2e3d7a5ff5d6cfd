"""A resident reads in one of six languages, and an official in two."""

import json
import re
from datetime import UTC, date, datetime
from gettext import c2py

import pytest
from markupsafe import Markup

from pb_engine.units import LocalText
from tests.builders import a_round, a_round_in
from tests.web.visitor import Visitor
from web import languages, texts
from web.figures.drawings import told
from web.locale import catalogues, fill, gaps, sentences
from web.resident.idea_words import house_rules

HERE = {"Origin": "http://localhost"}
MOMENT = datetime(2027, 5, 10, 7, 30, tzinfo=UTC)
WRITTEN = {
    "de": ("6.400\u00a0€", "6.400,50\u00a0€", "Montag, 10. Mai 2027", "um 09:30 Uhr"),
    "tr": ("€6.400", "€6.400,50", "10 Mayıs 2027 Pazartesi", "saat 09:30"),
    "ar": ("\u200f6,400\u00a0€", "\u200f6,400.50\u00a0€", "الاثنين، 10 مايو 2027", "الساعة 09:30"),
    "pl": (
        "6\u00a0400\u00a0€",
        "6\u00a0400,50\u00a0€",
        "poniedziałek, 10 maja 2027",
        "godz. 09:30",
    ),
}


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    return a_round_in(
        tmp_path_factory.mktemp("six"), "voting", round_=a_round(languages=texts.LANGUAGES)
    )


@pytest.mark.parametrize("language", WRITTEN)
def test_money_and_days_are_written_as_the_language_writes_them(voting, language):
    whole, broken, day, hour = WRITTEN[language]
    with voting.app.test_request_context(headers={"Accept-Language": language}):
        assert (texts.money(6_400_00), texts.money(6_400_50)) == (whole, broken)
        assert texts.money(6_400_05) != whole
        assert texts.day(date(2027, 5, 10)) == day
        assert hour in texts.moment(MOMENT)
        assert "2027" in texts.day_short(date(2027, 5, 10))
        assert len(texts.number(12_345)) == len("12.345")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_language_of_a_round_can_be_chosen_by_its_own_name(six, language):
    page = Visitor(six, language).get("~/")
    right = ' dir="rtl"' if language == "ar" else ""
    assert f'<html lang="{language}"{right}>' in page.html
    for code, name in languages.OWN_NAMES.items():
        assert re.search(rf'lang="{code}"[^>]*>{name}<', page.html), code
        there = f"{six.engine.settings.base_url}/{six.slug}/?taal={code}"
        assert f'hreflang="{code}" href="{there}"' in page.html


def test_a_choice_beats_the_browser_and_an_address_beats_both(six):
    visitor = Visitor(six, "de")
    assert visitor.post("/taal/pl", {"back": "/"}, **HERE).html.count('<html lang="pl"') == 1
    assert '<html lang="pl"' in visitor.get("~/").html
    page = visitor.get("~/ideeen?zoek=aed&taal=ar")
    assert '<html lang="ar" dir="rtl">' in page.html
    assert f'name="back" value="/{six.slug}/ideeen?zoek=aed&amp;mix=' in page.html
    assert '<html lang="ar"' in visitor.get("~/").html


@pytest.mark.parametrize("wished", ["xx", "nl@je", "../en", "\x00", "EN", "de, en"])
def test_an_unknown_language_is_no_choice(six, wished):
    visitor = Visitor(six, "tr")
    visitor.client.set_cookie("taal", wished, domain="localhost")
    page = visitor.get("~/?" + "taal=" + wished.replace("\x00", "%00"))
    assert page.status == 200
    assert '<html lang="tr">' in page.html
    assert "taal=" not in page.headers["set-cookie"]


def test_browsers_ask_in_many_ways_and_get_the_nearest_language(six):
    for asked, spoken in {
        "de-AT,de;q=0.9": "de",
        "uk,pl;q=0.4": "pl",
        "ar-MA": "ar",
        "zh": "nl",
        "": "nl",
        "tr;q=0,en;q=0.1": "en",
    }.items():
        assert f'<html lang="{spoken}"' in Visitor(six, asked).get("~/").html, asked


def test_what_a_round_says_in_dutch_and_english_is_marked_in_other_languages(six):
    page = Visitor(six, "ar").get("~/")
    assert re.search(r'<h1><span lang="en" dir="ltr">[^<]+</span></h1>', page.html)
    assert "&lt;span" not in page.html
    assert "<span" not in re.search(r"<title>(.*?)</title>", page.html)[1]
    for path in ("~/regels", "~/stemmen", "~/ideeen", "/"):
        assert "&lt;span" not in Visitor(six, "tr").get(path).html, path
    assert 'lang="en"' in Visitor(six, "tr").get("~/regels").html


def test_a_text_within_another_sentence_is_marked_and_a_number_is_not(six):
    with Visitor(six, "ar").app.test_request_context(headers={"Accept-Language": "ar"}):
        hours = LocalText("Zaterdag.", "Saturday.")
        assert isinstance(told([hours], texts.tell)[0], Markup)
        assert texts.tell(hours) == '<span lang="en" dir="ltr">Saturday.</span>'
        assert texts.tell(LocalText("Onbekend.", "Onbekend.")).startswith('<span lang="nl"')
        assert texts.tell(LocalText("7–9", "7–9")) == "7–9"
        (rule,) = house_rules({"own": LocalText("Geen <b>.", "No <b>.")})
        assert rule == '<span lang="en" dir="ltr">No &lt;b&gt;.</span>'


def test_a_telephone_number_keeps_its_order_in_arabic(six, voting):
    arabic = Visitor(six, "ar")
    page = arabic.get("~/stemmen")
    assert "\u206614 053\u2069" in page.html
    sheet = re.search(r'href="([^"]*\.css[^"]*)"', page.html)[1]
    assert 'a[href^="tel:"]' in arabic.client.get(sheet).text.replace("a[href^=tel", 'a[href^="tel')
    assert "\u2066" not in voting.get("~/stemmen").html
    with arabic.app.test_request_context(headers={"Accept-Language": "ar"}):
        assert texts.money(1_00).startswith("\u200f")


def test_a_round_offers_its_own_languages_only(voting):
    page = voting.get("~/", **{"Accept-Language": "tr, en;q=0.5"})
    assert '<html lang="en">' in page.html
    assert "Türkçe" not in page.html
    assert "Türkçe" in voting.get("/").html


def test_a_switch_on_the_ballot_keeps_what_was_ticked(six):
    visitor = Visitor(six)
    page = visitor.enter(six.codes[0])
    ticked = visitor.ids("AED")
    page = visitor.send(page, "choices", choices=ticked, language="ar")
    assert '<html lang="ar" dir="rtl">' in page.html
    assert re.search(rf'value="{ticked[0]}"[^>]* checked', page.html)


def test_a_sentence_that_a_language_lacks_is_said_in_english(tmp_path, monkeypatch):
    lacking = sentences.template({"Naar de inhoud", "Geen zin"})
    lacking.locale = "de"
    catalogues.write(lacking, "de", tmp_path)
    catalogues.write(catalogues.read("en"), "en", tmp_path)
    monkeypatch.setattr(languages, "CATALOGUES", tmp_path)
    assert languages.catalogue("de").gettext("Naar de inhoud") == "To the content"
    assert languages.catalogue("de").gettext("Geen zin") == "Geen zin"


def test_a_translator_gets_the_gaps_and_hands_in_what_fits(tmp_path):
    catalogues.write(sentences.template(sentences.used()[1]), "ar", tmp_path)
    catalogue = catalogues.read("ar", tmp_path)
    assert catalogue.num_plurals == 6
    plural = "%(num)s idee"
    told = {
        "Naar de inhoud": "إلى المحتوى",
        plural: ["لا أفكار", "فكرة", "فكرتان", "%(num)s أفكار", "%(num)s فكرة", "%(num)s فكرة"],
        "Er is %(amount)s voor %(place)s.": "%(sum)s",
        "Ideeën": ["a", "b"],
        "Dit zegt geen pagina": "x",
    }
    refused = fill.fill("ar", told, tmp_path)
    assert len(refused) == 3
    assert "%(amount)s, %(place)s, %(sum)s" in " ".join(refused)
    filled = {sentences.first(one.id): one for one in catalogues.read("ar", tmp_path) if one.id}
    assert filled[plural].string[2] == "فكرتان"
    assert not catalogues.told(filled["Ideeën"])


def test_gaps_name_the_english_sentence_and_the_number_of_forms(monkeypatch):
    empty = sentences.template(sentences.used()[1])
    empty.locale = "pl"
    english = catalogues.read("en")
    monkeypatch.setattr(catalogues, "read", {"pl": empty, "en": english}.__getitem__)
    found = gaps.gaps("pl")
    assert found["Naar de inhoud"] == {"english": "To the content", "forms": 1}
    assert len(found["%(num)s idee"]["english"]) == 2
    json.dumps(found)


def test_arabic_counts_eleven_and_a_hundred_as_it_should():
    arabic = catalogues.read("ar")
    twelve, hundred = (
        arabic["%(num)s stem"].string[c2py(arabic.plural_expr)(number)] for number in (12, 100)
    )
    assert (twelve, hundred) == ("%(num)s صوتًا", "%(num)s صوت")
    assert gaps.plural_forms(arabic)["numbers"] == [0, 1, 2, 3, 100, 11]
