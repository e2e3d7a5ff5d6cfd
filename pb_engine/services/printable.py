"""Which characters our fonts have; one that they lack would stop a whole file."""

from __future__ import annotations

import unicodedata

_RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x300, 0x36F), (0x370, 0x3E1), (0x3F0, 0x52F),
    (0x606, 0x61B), (0x61D, 0x6DC), (0x6DE, 0x6FF), (0x1E00, 0x1EFF), (0x2010, 0x2027),
    (0x2030, 0x205E), (0x20A0, 0x20BF),
)  # fmt: skip
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_STANDS_FOR_ANY = "?"


def printable(text: str) -> str:
    """Return a text in one line that the fonts can print.

    Characters that nobody sees, such as those that turn the direction of reading, go.  What the
    fonts lack becomes a question mark.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    seen = (sign for sign in composed if unicodedata.category(sign) not in _INVISIBLE)
    return "".join(sign if has_glyph(sign) else _STANDS_FOR_ANY for sign in seen)


def strange(text: str) -> tuple[str, ...]:
    """Return the characters of a text that cannot be printed, each once; line ends are fine."""
    composed = unicodedata.normalize("NFC", text.replace("\n", " "))
    return tuple(dict.fromkeys(sign for sign in composed if not has_glyph(sign)))


def has_glyph(sign: str) -> bool:
    """Tell whether the fonts have this character."""
    seen = unicodedata.category(sign) not in _INVISIBLE
    return seen and any(first <= ord(sign) <= last for first, last in _RANGES)
