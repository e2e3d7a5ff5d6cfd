"""From u to je: what Dutch pages say in a round that speaks to the young.

Dutch changes more than the word: ``kunt u`` becomes ``kun je``, and
``u heeft`` becomes ``je hebt``.
"""

from __future__ import annotations

import re
from types import MappingProxyType

IRREGULAR = MappingProxyType({"heeft": "heb", "bent": "ben"})
"""Verbs that change more than their end before je."""
KEPT = frozenset(
    {
        *("dat", "wat", "niet", "met", "tot", "omdat", "totdat", "voordat", "nadat", "zodat"),
        *("want", "het", "laat", "weet", "moet", "zet", "zit", "praat", "wacht", "vergeet"),
        *("past", "eet", "meet", "let", "start", "dwingt", "helpt"),
    }
)
"""Words that end on t and keep it: no verbs, verbs whose stem does, and verbs that u undergoes."""
_AFTER = "over|van|bij|namens|na|aan|met|volgens|zonder|door|tegen|naar|op|uit"
_VERB = "kunt|koos|heeft|kiest|mag|bent|ziet|stemt|krijgt|wilt|hoeft|was|verdeelt|zelf|dit|het|een"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(u|U)zelf\b"), r"\1 zelf@"),
    (re.compile(r"\b(u|U)\b([^.,;:?!]*?) heeft\b"), r"\1\2 hebt"),
    (re.compile(rf"\b((?i:{_AFTER})) u\b(?! (?:{_VERB}|uw|niet)\b)"), r"\1 jou"),
    (re.compile(r"\b((?i:volgens)) u\b"), r"\1 jou"),
    (re.compile(r"\b((?i:voor)) u(?=[.,;:?!]|$)"), r"\1 jou"),
)


def _before(found: re.Match[str]) -> str:
    word = found[1].lower()
    bent = IRREGULAR.get(word) or (word if word in KEPT else re.sub(r"(?<=\w\w)t$", "", word))
    return f"{bent.capitalize() if found[1][0].isupper() else bent} je"


def informal(sentence: str) -> str:
    """Return a Dutch sentence with je for u; one that speaks to nobody stays as it is."""
    said = sentence
    for pattern, change in _RULES:
        said = pattern.sub(change, said)
    said = re.sub(r"\b(\w+) u\b", _before, said)
    said = re.sub(r"\bje zelf@", "jezelf", re.sub(r"\bu\b", "je", said))
    said = re.sub(r"\bU zelf@", "Jezelf", said)
    for formal, plain in (("U", "Je"), ("uw", "je"), ("Uw", "Je")):
        said = re.sub(rf"\b{formal}\b", plain, said)
    return said
