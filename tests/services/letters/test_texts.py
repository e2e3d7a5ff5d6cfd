"""The texts of the letters of a round: built in, changed, checked, and put back."""

import re
import statistics

import pytest

from pb_engine.errors import LetterRefused, UnknownRound
from pb_engine.services.letters import default_texts, texts
from pb_engine.services.printable import strange
from pb_engine.services.rounds import add_round
from tests.builders import a_round, an_engine

SLUG = "proef-2027"


@pytest.fixture
def engine(tmp_path):
    made = an_engine(tmp_path)
    add_round(made, a_round(), "team")
    return made


def body(engine, slot, locale="nl"):
    (found,) = [
        one for one in texts.letter_texts(engine, SLUG) if (one.slot, one.locale) == (slot, locale)
    ]
    return found


def events(engine):
    with engine.stores.site.read() as work:
        return [one.event for one in work.log.entries(0)]


def test_a_changed_text_stays_until_it_is_put_back(engine):
    texts.set_text(engine, SLUG, "opening", "nl", "  Doe mee met {round}!  ", "kim")
    assert (body(engine, "opening").body, body(engine, "opening").changed) == (
        "Doe mee met {round}!",
        True,
    )
    texts.reset_text(engine, SLUG, "opening", "nl", "kim")
    assert body(engine, "opening").body == default_texts.DUTCH["opening"]
    texts.reset_text(engine, SLUG, "opening", "nl", "kim")
    changed = [one for one in events(engine) if one.name == "letter_text_changed"]
    assert [(one.by, dict(one.facts)) for one in changed] == [
        ("kim", {"slot": "opening", "locale": "nl"})
    ] * 2


def test_another_round_keeps_its_own_texts(engine):
    add_round(engine, a_round(slug="andere-2027"), "team")
    texts.set_text(engine, SLUG, "greeting", "nl", "Hallo,", "kim")
    others = {one.slot: one.body for one in texts.letter_texts(engine, "andere-2027")}
    assert others["greeting"] == "Beste bewoner,"


@pytest.mark.parametrize(
    ("slot", "locale", "text", "problem", "named"),
    [
        ("opening", "nl", "Beste {naam} en {code}", "placeholder", "naam, code"),
        ("opening", "nl", "Een {los haakje", "placeholder", "{}"),
        ("opening", "nl", "{round.__class__}", "placeholder", "round.__class__"),
        ("opening", "nl", " \n ", "empty", "opening"),
        ("opening", "nl", "a" * 901, "too_long", "900"),
        ("subject", "nl", "a" * 81, "too_long", "80"),
        ("subject", "nl", "twee\nregels", "lines", "1 lines"),
        ("online", "nl", "stap\n" * 9, "lines", "8 lines"),
        ("opening", "nl", "x\n" * 21, "lines", "20 lines"),
        ("opening", "nl", "feest 🎉", "character", "U+1F389"),
        ("opening", "nl", "links\u202e", "character", "U+202E"),
        ("opening", "en", "Hello", "slot", "opening"),
        ("summary", "fr", "Bonjour", "slot", "fr"),
        ("persona_6", "nl", "zes", "slot", "persona_6"),
    ],
)
def test_a_text_that_would_spoil_a_letter_is_refused_by_name(
    engine, slot, locale, text, problem, named
):
    with pytest.raises(LetterRefused, match=re.escape(named)) as refused:
        texts.set_text(engine, SLUG, slot, locale, text, "kim")
    assert refused.value.details["problem"] == problem
    assert not any(one.changed for one in texts.letter_texts(engine, SLUG))


def test_an_unknown_round_has_no_texts(engine):
    for call in (
        lambda: texts.letter_texts(engine, "geen-2027"),
        lambda: texts.set_text(engine, "geen-2027", "greeting", "nl", "Hallo,", "kim"),
        lambda: texts.reset_text(engine, "geen-2027", "greeting", "nl", "kim"),
    ):
        with pytest.raises(UnknownRound):
            call()


def test_five_paragraphs_for_groups_of_readers_are_there_and_empty(engine):
    personas = [one for one in texts.letter_texts(engine, SLUG) if one.is_persona]
    assert [one.body for one in personas] == [""] * 5


def test_a_value_that_looks_like_a_placeholder_is_not_read_again():
    assert texts.filled("{round} in {place}", {"round": "{place}", "place": "Zuid"}) == (
        "{place} in Zuid"
    )


def test_the_built_in_texts_pass_their_own_check():
    for slot, text in default_texts.DUTCH.items():
        assert texts.checked(slot, "nl", text) == text
    for locale, text in default_texts.SUMMARIES.items():
        assert texts.checked("summary", locale, text) == text
        assert strange(default_texts.LANGUAGES[locale]) == ()


def test_the_dutch_letter_keeps_to_short_sentences():
    told = " ".join(text for text in default_texts.DUTCH.values() if text)
    lengths = [len(one.split()) for one in re.split(r"[.?!:\n]+\s*", told) if one.split()]
    assert statistics.mean(lengths) <= 12
    assert max(lengths) <= 20
