import pytest

from pb_engine.errors import MistypedCode
from pb_engine.sealing import check_words, read_check_words
from pb_engine.sealing.check_words import _WORDS


def differ_in_one(one, other):
    """Whether one letter more, less or other turns one word into the other."""
    if len(one) > len(other):
        one, other = other, one
    begin = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if begin is None:
        return len(other) - len(one) <= 1
    same = len(one) == len(other)
    return len(other) - len(one) <= 1 and one[begin + same :] == other[begin + 1 :]


def test_there_are_256_words_and_no_typing_error_makes_one_into_another():
    assert len(set(_WORDS)) == 256
    pairs = [(a, b) for a in _WORDS for b in _WORDS if a < b]
    assert [pair for pair in pairs if differ_in_one(*pair)] == []
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 10 for word in _WORDS)


def test_the_same_thing_gives_the_same_four_words_and_another_gives_others():
    words = check_words("abc")
    assert words == check_words("abc")
    assert len(words.split()) == 4
    assert len({check_words(str(number)) for number in range(500)}) == 500


@pytest.mark.parametrize(
    "spell", [str.upper, str.title, lambda w: w.replace(" ", "-"), "  {} ".format]
)
def test_words_are_read_however_they_are_typed(spell):
    words = check_words("abc")
    assert read_check_words(spell(words)) == words


def test_a_mistyped_word_is_named_and_a_near_one_offered():
    words = check_words("abc").split()
    wrong = words[1][:-1] + "q"
    with pytest.raises(MistypedCode, match=f"word 2 .*{words[1]}") as refused:
        read_check_words(" ".join([words[0], wrong, *words[2:]]))
    assert refused.value.details == {"problem": "word", "position": 2}


@pytest.mark.parametrize("typed", ["", "zon", "zon zon zon", "zon zon zon zon zon", "x" * 100_000])
def test_too_few_or_too_many_words_are_counted(typed):
    with pytest.raises(MistypedCode) as refused:
        read_check_words(typed)
    assert refused.value.details["wanted"] == 4
