"""One stylesheet for every page, joined from kit, theme, own rules and parts.

A browser asks for one file, under an address that holds a digest of its content: it may keep that
file for a year, and never shows yesterday's colours.  No tool but Python is needed.
This module knows no Flask: ``web/stylesheet.py`` serves what is made here.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "shared" / "static"
PARTS: Final = ("list", "results", "round", "voting", "submit", "life", "languages")
"""The families of pages with rules of their own, in ``static/parts``; a file may be absent."""

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")
_COLOUR: Final = re.compile(r"(?<![\w-])#[0-9a-f]{3,8}\b", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(r"url\s*\(|image-set\s*\(|@import|expression\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stylesheet as it is sent.

    :ivar css: the text in UTF-8.
    :ivar packed: the same, compressed with gzip.
    :ivar digest: sixteen hexadecimal digits that change when the text does.
    """

    css: bytes
    packed: bytes
    digest: str


def sheet_of(*texts: str) -> Sheet:
    """Join texts into a sheet, without comments and spare white space."""
    css = squeezed("\n".join(texts)).encode()
    digest = hashlib.sha256(css).hexdigest()[:16]
    return Sheet(css, gzip.compress(css, 9, mtime=0), digest)


def squeezed(css: str) -> str:
    """Return rules without comments and with single spaces."""
    return _SPACE.sub(" ", _COMMENT.sub("", css)).strip()


def complaints_about(part: str) -> list[str]:
    """Name what a part of the sheet may not hold: a colour of its own, an address."""
    bare = _COMMENT.sub("", part)
    found = [*_COLOUR.findall(bare), *_ELSEWHERE.findall(bare)]
    return [f"not in a part of the stylesheet: {one}" for one in found]


@cache
def own_rules() -> tuple[str, ...]:
    """Return the rules of this project: those of all pages, then those of each family."""
    files = [STATIC / "pb.css", *(STATIC / "parts" / f"{name}.css" for name in PARTS)]
    return tuple(file.read_text(encoding="utf-8") for file in files if file.exists())
