"""Which sentences pages use, and which of them a resident can meet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages import extract
from babel.messages.catalog import Catalog
from babel.messages.frontend import parse_mapping_cfg

LOCALE = Path(__file__).parent
WEB = LOCALE.parent
DESK_ONLY = (
    "api/",
    "desk/",
    "forms/counter.py",
    "forms/desk.py",
    "forms/desk_review.py",
    "forms/register.py",
)
"""Where sentences stand that only officials and programs read."""

Sentence = str | tuple[str, ...]
"""A Dutch sentence, or one and its plural."""


def _found() -> Iterator[tuple[str, Sentence]]:
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    for place, _line, message, _comments, _context in extract.extract_from_dir(
        WEB, methods, options, extract.DEFAULT_KEYWORDS
    ):
        yield place.replace("\\", "/"), message if isinstance(message, str) else tuple(message)


def used() -> tuple[set[Sentence], set[Sentence]]:
    """Return all sentences of all pages, and those among them that a resident can meet."""
    everything, residents = set(), set()
    for place, sentence in _found():
        everything.add(sentence)
        if not place.startswith(DESK_ONLY):
            residents.add(sentence)
    return everything, residents


def template(sentences: set[Sentence]) -> Catalog:
    """Return an empty catalogue with these sentences."""
    made = Catalog(project="pb-engine", version="1", charset="utf-8", fuzzy=False)
    for one in sorted(sentences, key=str):
        made.add(one)
    return made


def first(sentence: Sentence | list[str]) -> str:
    """Return the Dutch sentence that names an entry; of two the singular."""
    return sentence if isinstance(sentence, str) else sentence[0]
