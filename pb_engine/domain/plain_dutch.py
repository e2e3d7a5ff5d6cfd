"""Is a Dutch text plain (B1)?  Short sentences, short words, and no words of an office.

The reading ease is that of Flesch in the version of Douma (1960), in whole numbers:
206.84 - 0.93 x words per sentence - 77 x syllables per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_WORDS = 15
MOST_WORDS_ON_AVERAGE = 12
LEAST_EASE = 30
SCORED_FROM = 8
"""Shorter sentences have too few syllables to score: one long word decides."""

OFFICE_WORDS = frozenset(
    """
initiatiefnemer draagvlak realiseren realisatie structureel conform ingevolge dient dienen
betreffende ingezetene ingezetenen kenbaar sessie authenticatie authenticeren teneinde middels
derhalve alsmede tevens omtrent aangaande inzake desbetreffende indien zulks voornoemd
bovengenoemd faciliteren implementeren stakeholder monitoren valideren invalide gefaald parameter
server token hash digest login t.a.v m.b.t i.v.m d.m.v o.a bijv enz e.d evt z.s.m
""".split()  # noqa: SIM905 - a list of words reads as a list
)

_END = re.compile(r"(?<=[.!?:;])\s+|\n")
_WORD = re.compile(r"[\w’'.@/-]*\w")
_VOWELS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáàâäéèêëíîïóôöúûü]"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence that is not plain.

    :ivar kind: ``long``, ``average`` (short sentences, but not on average), ``hard`` or
        ``office``.
    :ivar sentence: the sentence at fault; the whole text for ``average``.
    :ivar found: how many words, the reading ease, or the word.
    """

    kind: str
    sentence: str
    found: str


def doubts(text: str) -> tuple[Doubt, ...]:
    """Return what is not plain in a text, in the order of its sentences."""
    parts = [part.strip() for part in _END.split(text) if _WORD.search(part)]
    found = [doubt for part in parts for doubt in _doubts(part)]
    counts = [len(words(part)) for part in parts]
    if len(counts) > 1 and sum(counts) > MOST_WORDS_ON_AVERAGE * len(counts):
        found.append(Doubt("average", text, str(sum(counts) // len(counts))))
    return tuple(found)


def _doubts(sentence: str) -> Iterator[Doubt]:
    said = words(sentence)
    if len(said) > MOST_WORDS:
        yield Doubt("long", sentence, str(len(said)))
    elif len(said) >= SCORED_FROM and (ease := reading_ease(sentence)) < LEAST_EASE:
        yield Doubt("hard", sentence, str(ease))
    for word in said:
        if word.casefold() in OFFICE_WORDS:
            yield Doubt("office", sentence, word)


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return [found[0] for found in _WORD.finditer(text)]


def syllables(word: str) -> int:
    """Return how many syllables a Dutch word has, by its vowels; at least one."""
    return max(1, len(_VOWELS.findall(word.casefold())))


def reading_ease(sentence: str) -> int:
    """Return the reading ease of one sentence: about 0 is hard, about 100 is easy."""
    said = words(sentence)
    if not said:
        return 100
    spoken = sum(map(syllables, said))
    return (20_684 - 93 * len(said) - 7_700 * spoken // len(said)) // 100
