"""Fonts of a theme: files of its own, small, and nothing but WOFF2."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pb_engine.errors import InvalidSettings

LARGEST: Final = 80 * 1024
LARGEST_TOGETHER: Final = 200 * 1024
MOST: Final = 8

_SIGN: Final = b"wOF2"
_LENGTH: Final = slice(8, 12)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\.woff2")
_WEIGHT: Final = re.compile(r"-([1-9]00)(?=-|\.)")
RANGES: Final = {
    "-latin-ext-": "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1E00-1E9F, "
    "U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
    "-latin-": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, "
    "U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "-arabic-": "U+0600-06FF, U+0750-077F, U+200C-200F, U+FB50-FDFF, U+FE70-FEFC",
}
"""What a file holds, by what its name says; a browser fetches it only where a page needs it."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font file that letters of a theme come from.

    :ivar address: the name under which it is served; it changes with the content.
    :ivar covers: a ``unicode-range``, or empty for all that the file holds.
    """

    family: str
    weight: int
    address: str
    covers: str
    content: bytes

    def face(self) -> str:
        """Return the rule that brings this file into the stylesheet."""
        covers = f" unicode-range: {self.covers};" if self.covers else ""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f"font-style: normal; font-display: swap; "
            f'src: url("theme/{self.address}") format("woff2");{covers} }}'
        )


def read_fonts(files: Mapping[str, bytes], families: list[str]) -> tuple[Font, ...]:
    """Return the fonts of these files, each told by its name: ``noto-sans-latin-700.woff2``.

    :param families: the families that the theme asks for.
    :raises InvalidSettings: no WOFF2, too large, too many, or of no family that is asked for.
    """
    if len(files) > MOST or sum(map(len, files.values())) > LARGEST_TOGETHER:
        limit = LARGEST_TOGETHER // 1024
        raise InvalidSettings(f"a theme has at most {MOST} fonts of together {limit} kB")
    return tuple(_font(name, content, families) for name, content in sorted(files.items()))


def _font(name: str, content: bytes, families: list[str]) -> Font:
    if not _NAME.fullmatch(name):
        raise InvalidSettings(f"{name[:80]!r} is no name for a font: noto-sans-latin-700.woff2 is")
    length = int.from_bytes(content[_LENGTH], "big")
    if content[:4] != _SIGN or length != len(content):
        raise InvalidSettings(f"{name} is no WOFF2 font, or not a whole one")
    if len(content) > LARGEST:
        raise InvalidSettings(f"{name} is larger than {LARGEST // 1024} kB")
    slugs = {re.sub(r"[^a-z0-9]+", "-", one.lower()): one for one in families}
    fits = [slug for slug in slugs if name.startswith(slug)]
    if not fits:
        asked = ", ".join(families) or "no font at all"
        raise InvalidSettings(f"{name}: the theme asks for {asked}")
    weight = _WEIGHT.search(name)
    covers = next((range_ for part, range_ in RANGES.items() if part in name), "")
    address = f"{hashlib.sha256(content).hexdigest()[:16]}.woff2"
    family = slugs[max(fits, key=len)]
    return Font(family, int(weight[1]) if weight else 400, address, covers, content)
