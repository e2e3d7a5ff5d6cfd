"""Whole numbers as people type them."""

from __future__ import annotations

import re

_MOST_DIGITS = 13
_WHOLE = re.compile(r"[0-9]{1,6}", re.ASCII)


def whole_of(text: str) -> int | None:
    """Return a whole number from 0; an empty text is 0, and ``None`` means: not understood."""
    bare = text.strip()
    if not bare:
        return 0
    return int(bare) if _WHOLE.fullmatch(bare) else None


def whole_cents(text: str) -> int | None:
    """Return an amount that a form of ours wrote; ``None`` for anything else."""
    plain = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if plain else None
