"""Money as people type it."""

from __future__ import annotations

import re

from pb_engine.units import euros

# No amount can be read in two ways: three digits after a mark are thousands, two are cents.
_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}"
_CENTS = r"(?:[.,]([0-9]{2}|[0-9]|-))?"
_AMOUNT = re.compile(rf"(?:€|EUR)?\s*({_WHOLE}){_CENTS}\s*(?:euro|EUR)?", re.IGNORECASE)
LONGEST = 24


def cents(typed: str) -> int | None:
    """Return whole cents for ``1500``, ``1.500``, ``€ 1.500,50``; ``None`` for anything else.

    A negative amount is nothing that a form may ask for, so it is not read.
    """
    tidied = typed.replace("\u00a0", " ").strip()
    found = _AMOUNT.fullmatch(tidied) if len(tidied) <= LONGEST else None
    if found is None:
        return None
    whole = int(re.sub(r"[.,]", "", found[1]))
    rest = (found[2] or "0").replace("-", "0").ljust(2, "0")
    return whole * 100 + int(rest)


def typed_money(amount: int) -> str:
    """Return an amount as somebody would have typed it."""
    return euros(amount).removeprefix("€ ")
