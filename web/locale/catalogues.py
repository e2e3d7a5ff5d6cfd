"""Reading and writing the catalogue of one language."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message

from web.languages import DESK_LANGUAGES, DOMAIN
from web.locale.sentences import LOCALE

PLACES = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")


def path_of(language: str, locale: Path = LOCALE, domain: str = DOMAIN) -> Path:
    """Return where the readable catalogue of a language lies."""
    return locale / language / "LC_MESSAGES" / f"{domain}.po"


def read(language: str, locale: Path = LOCALE, domain: str = DOMAIN) -> Catalog:
    """Return the catalogue of a language, empty when it has none yet."""
    path = path_of(language, locale, domain)
    if not path.exists():
        return Catalog(locale=_plain(language), project="pb-engine", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=_plain(language))


def _plain(language: str) -> str:
    return language.partition("@")[0]


def write(catalogue: Catalog, language: str, locale: Path = LOCALE, domain: str = DOMAIN) -> None:
    """Write a catalogue for people and, beside it, for programs."""
    path = path_of(language, locale, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    for message in catalogue:
        if message.pluralizable and not told(message):
            message.string = ("",) * catalogue.num_plurals
    with path.open("wb") as file:
        pofile.write_po(file, catalogue, width=76, sort_output=True, ignore_obsolete=True)
    with path.with_suffix(".mo").open("wb") as file:
        mofile.write_mo(file, catalogue)


def for_residents_only(language: str) -> bool:
    """Tell whether a language holds the resident's side only; officials read Dutch or English."""
    return language not in DESK_LANGUAGES


def told(message: Message) -> bool:
    """Tell whether a sentence is translated, in all its forms."""
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(strings) and all(strings)


def lost_places(message: Message) -> list[str]:
    """Return the places of a sentence that its translation does not fill, or makes up.

    A plural form may leave out a number that the word itself says, as Arabic does for two.
    """
    if isinstance(message.id, str):
        return sorted(_places(message.id) ^ _places(str(message.string)))
    known, needed = _places(" ".join(message.id)), _places(message.id[-1]) - _NUMBER
    forms = [_places(form) for form in message.string or ()]
    return sorted({place for form in forms for place in (form - known) | (needed - form)})


_NUMBER = {"%(num)d", "%(num)s", "{number}"}


def _places(text: str) -> set[str]:
    return set(PLACES.findall(text))
