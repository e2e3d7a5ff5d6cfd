"""What a search looks at: words without accents, capitals or marks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.searching import (
    INSIDE,
    LONGEST_WORD,
    MOST_WORDS,
    asked_words,
    beginnings,
    search_words,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bankjes in het PARK", ("bankjes", "in", "het", "park")),
        ("reünie, café & crème brûlée!", ("reunie", "cafe", "creme", "brulee")),
        ("Straße STRASSE", ("strasse", "strasse")),
        ("IJsbaan ĳsbaan", ("ijsbaan", "ijsbaan")),
        ("İstanbul ısı", ("istanbul", "isi")),
        ("Łódź płot", ("lodz", "plot")),
        ("حَدِيقَة أطفال", ("حديقة", "اطفال")),
        ("foto's e-bike 4×4", ("foto", "s", "e", "bike", "4", "4")),
        ("a\u200bb\u202e c\u00add", ("ab", "cd")),
        ("\0'\"\\*^():-&|!<>%_$", ()),
        ("🌳 boom", ("boom",)),
        ("ﬁets ２０２７", ("fiets", "2027")),
    ],
)
def test_words_are_folded(text, words):
    assert words_of(text) == words


@given(st.text())
def test_a_word_holds_nothing_that_means_something_to_a_database(text):
    for word in (*words_of(text), *asked_words(text)):
        assert 0 < len(word) <= LONGEST_WORD
        assert INSIDE not in word
        assert not any(unicodedata.category(char)[0] in "CPSZ" for char in word), repr(word)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@given(st.text(max_size=60))
def test_what_is_asked_is_found_in_the_text_itself(text):
    kept = search_words([text])
    for word in asked_words(text):
        assert any(part.startswith(start) for part in kept for start in beginnings(word))


def test_the_ends_of_a_word_are_kept_behind_a_mark():
    assert search_words(["Moestuin"]) == (
        "moestuin",
        *sorted(INSIDE + end for end in ("oestuin", "estuin", "stuin", "tuin", "uin")),
    )
    assert beginnings("tuin") == ("tuin", "·tuin")
    assert beginnings("en") == ("en",)


def test_small_words_are_asked_only_when_there_is_nothing_else():
    assert asked_words("een bankje in het park") == ("bankje", "park")
    assert asked_words("het een") == ("het", "een")


def test_a_question_is_bounded():
    assert len(asked_words(" ".join(f"woord{n}" for n in range(500)))) == MOST_WORDS
    assert asked_words("e" + "\u0301" * 10_000) == ("e",)
    assert asked_words("x" * 10_000) == ("x" * LONGEST_WORD,)
