"""What a search looks at: words without accents, capitals or marks, the same in every database.

Both databases get finished words from here and split nothing themselves, so both find the same.
Dutch writes words together: ``tuin`` must find ``moestuin``.  So the ends of a word are kept too,
behind a mark that no word holds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

INSIDE = "·"
"""Stands before what is only the end of a word."""

LONGEST_WORD = 40
MOST_WORDS = 8
LONGEST_QUESTION = 200
SHORTEST_END = 3

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_SMALL_WORDS = frozenset(
    word
    for words in (
        "de het een en van in op voor met te of om aan bij dat die er is ik wij we je u",
        "the a an and or of on for with to at i der die das und ein eine w z na do ve bir",
    )
    for word in words.split()
)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order: letters and digits, at most 40 of them each."""
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(map(_letter, whole.translate(_LETTERS)))
    return tuple(word[:LONGEST_WORD] for word in kept.split())


def search_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what is kept of an idea to find it by, sorted, every one once."""
    return tuple(
        sorted({part for text in texts for word in words_of(text) for part in _parts(word)})
    )


def asked_words(question: str) -> tuple[str, ...]:
    """Return the words somebody searches for: at most eight; small words if there are no others.

    Nothing in a question has a meaning besides its letters and digits.
    """
    words = tuple(dict.fromkeys(words_of(question[:LONGEST_QUESTION])))
    telling = tuple(word for word in words if word not in _SMALL_WORDS)
    return (telling or words)[:MOST_WORDS]


def beginnings(word: str) -> tuple[str, ...]:
    """Return the beginnings of which an idea must have one to hold an asked word."""
    return (word,) if len(word) < SHORTEST_END else (word, INSIDE + word)


def _letter(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in {"Mn", "Me", "Cf"} or char == "\u0640":  # accents, invisible marks, tatweel
        return ""
    return char if kind[0] in "LN" or kind == "Mc" else " "


def _parts(word: str) -> Iterator[str]:
    yield word
    for start in range(1, len(word) - SHORTEST_END + 1):
        yield INSIDE + word[start:]
