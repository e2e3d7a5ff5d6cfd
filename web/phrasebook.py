"""What the engine and its plugins say, in a language that they do not speak.

They speak Dutch and English; a sentence with amounts and titles in it is known by its pattern
(``het kost {cost} en er was nog {left} over.``).  Whatever stands in a place is a pattern itself,
an amount, a number, or words between quotation marks, which stay as they are.  A text is said in
full or not at all: nobody reads half a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import c2py

from babel.messages.catalog import Catalog
from babel.numbers import format_decimal

from web.languages import ENGINE, RIGHT_TO_LEFT, euros_in
from web.locale import catalogues

LONGEST = 1500
"""Longer texts are not looked at: a file of a stranger shall not keep a page busy."""
TITLE = "title"
"""A place of this name holds any words; so does every place between quotation marks."""

NUMBER = "number"
"""A place of this name holds a whole number, and chooses the form of its sentence."""

_PLACE = re.compile(r"\{([a-z_]+)\}")
_OPENING, _CLOSING = "‘", "’"
_MONEY = re.compile(r"€ ?(-?[0-9]{1,3}(?:\.[0-9]{3})*)(?:,([0-9]{2}))?")
_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+"
_NUMBER = re.compile(rf"-?(?:{_WHOLE})(?:,[0-9]+)?")
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=\S)")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One sentence with places, and how to say it for each number."""

    shape: re.Pattern[str]
    forms: tuple[str, ...]
    kept: frozenset[str]
    weight: int


class Phrasebook:
    """All that one language can say."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._catalogue = catalogues.read(language, domain=ENGINE)
        self._whole, self._patterns = _read(self._catalogue)
        self.say = lru_cache(maxsize=4096)(self._say)

    def _say(self, dutch: str) -> str | None:
        """Return a Dutch text of the engine in this language; ``None`` where it is not known."""
        if not dutch or len(dutch) > LONGEST:
            return None
        return self._whole.get(dutch) or self._amount(dutch) or self._filled(dutch)

    def _amount(self, dutch: str) -> str | None:
        if found := _MONEY.fullmatch(dutch):
            return euros_in(self._language, int(found[1].replace(".", "") + (found[2] or "00")))
        if _NUMBER.fullmatch(dutch) is None:
            return dutch if _TIME.fullmatch(dutch) else None
        _, comma, part = dutch.partition(",")
        places = "." + "0" * len(part) if comma else ""
        plain = dutch.replace(".", "").replace(",", ".")
        return str(format_decimal(plain, "#,##0" + places, locale=self._language))

    def _filled(self, dutch: str) -> str | None:
        for pattern in self._patterns:
            found = pattern.shape.fullmatch(dutch)
            said = self._form(pattern, found.groupdict()) if found else None
            if said is not None:
                return said
        return self._one_by_one(dutch)

    def _form(self, pattern: _Pattern, places: Mapping[str, str]) -> str | None:
        said = {
            name: self._kept(text) if name in pattern.kept else self.say(text)
            for name, text in places.items()
        }
        if None in said.values():
            return None
        form = pattern.forms[0]
        if len(pattern.forms) > 1:
            form = pattern.forms[self._plural(int(places[NUMBER].replace(".", "")))]
        return _PLACE.sub(lambda place: said[place[1]] or "", form)

    def _kept(self, words: str) -> str:
        return f"\u2068{words}\u2069" if self._language in RIGHT_TO_LEFT else words

    def _plural(self, number: int) -> int:
        return int(c2py(self._catalogue.plural_expr)(number))

    def _one_by_one(self, dutch: str) -> str | None:
        if dutch.startswith(_OPENING) and dutch.endswith(_CLOSING):
            return self._kept(dutch)
        for end in _SENTENCE_END.finditer(dutch):
            first = self.say(dutch[: end.start()])
            rest = self.say(dutch[end.end() :]) if first else None
            if first and rest:
                return f"{first} {rest}"
        return None


@cache
def phrasebook(language: str) -> Phrasebook:
    """Return the phrasebook of a language; empty where it has no catalogue."""
    return Phrasebook(language)


def _read(catalogue: Catalog) -> tuple[dict[str, str], tuple[_Pattern, ...]]:
    whole: dict[str, str] = {}
    patterns: list[_Pattern] = []
    for message in catalogue:
        if not message.id or not catalogues.told(message):
            continue
        dutch = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if _PLACE.search(dutch[-1]):
            patterns += [_pattern(one, said) for one in dutch]
        else:
            whole[dutch[0]] = said[0]
    patterns.sort(key=lambda one: -one.weight)
    return whole, tuple(patterns)


def _pattern(dutch: str, said: Iterable[str]) -> _Pattern:
    kept = frozenset(
        place[1]
        for place in _PLACE.finditer(dutch)
        if place[1] == TITLE or dutch[: place.start()].endswith(_OPENING)
    )
    pieces = _PLACE.split(dutch)
    shape = "".join(
        f"(?P<{piece}>{_WHOLE if piece == NUMBER else '.+?'})" if at % 2 else re.escape(piece)
        for at, piece in enumerate(pieces)
    )
    return _Pattern(re.compile(shape), tuple(said), kept, len("".join(pieces[::2])))
