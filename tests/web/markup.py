"""What axe does not see in a page: HTML that is not valid, and references that lead nowhere."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import html5lib
from html5lib.constants import E as MESSAGES

_H = "{http://www.w3.org/1999/xhtml}"
_POINTS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def complaints(html: str) -> list[str]:
    """Return everything that is wrong with the markup of a page, each in a sentence."""
    parser = html5lib.HTMLParser()
    document = parser.parse(html)
    wrong = [f"{MESSAGES.get(code, code) % told} at {at}" for at, code, told in parser.errors]
    return [*wrong, *_of_ids(document), *_of_headings(document), *_of_words(document)]


def _elements(document: ET.Element) -> Iterator[ET.Element]:
    """Yield the elements of a page; a comment has a function for a name."""
    return (one for one in document.iter() if isinstance(one.tag, str))


def _of_ids(document: ET.Element) -> Iterator[str]:
    ids = Counter(one.get("id") for one in _elements(document) if one.get("id") is not None)
    yield from (f"the id {name!r} stands {times} times" for name, times in ids.items() if times > 1)
    for one in _elements(document):
        for name in _POINTS:
            for wanted in (one.get(name) or "").split():
                if wanted not in ids:
                    yield f"{name} leads to {wanted!r}, which is not there"
        target = one.get("href") or ""
        if target.startswith("#") and target[1:] not in ids:
            yield f"a link leads to {target!r}, which is not there"


def _of_headings(document: ET.Element) -> Iterator[str]:
    levels = [
        int(one.tag[-1]) for one in _elements(document) if re.fullmatch(_H + "h[1-6]", one.tag)
    ]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} headings of the first level"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _of_words(document: ET.Element) -> Iterator[str]:
    for one in _elements(document):
        language = one.get("lang")
        if language is not None and not _LANGUAGE.fullmatch(language):
            yield f"{language!r} is no language"
        if one.tag == f"{_H}img" and one.get("alt") is None:
            yield f"a picture has no alternative: {one.get('src')}"
        if one.get("style") is not None or any(name.startswith("on") for name in one.attrib):
            yield f"a style or a script stands in the markup of {one.tag.removeprefix(_H)}"
