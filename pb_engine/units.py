"""The small words every room speaks: identifiers, money, and a text in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

RoundId = NewType("RoundId", str)
"""The slug of a round, as in its web address: ``mekdep-2027``."""

IdeaId = NewType("IdeaId", str)
"""An idea, unique over all rounds of an installation."""

ProjectId = NewType("ProjectId", str)
"""An idea on the ballot paper, unique within its round; at most 64 characters."""

AreaId = NewType("AreaId", str)
"""A node in the area tree of a round: ``BU01530403`` or ``zuid``."""

Cents = NewType("Cents", int)
"""Money: whole euro cents.  A tally reads other currencies in their own smallest unit."""

LANGUAGES = ("nl", "en", "de", "tr", "ar", "pl")
"""The languages that a round can offer to residents; Dutch leads."""


@dataclass(frozen=True, slots=True)
class LocalText:
    """The same sentence in the two languages every built-in text must have."""

    nl: str
    en: str

    def text(self, locale: str) -> str:
        """Return the text in ``locale``; Dutch leads, so any unknown locale gets Dutch."""
        return self.en if locale.lower().startswith("en") else self.nl


def euros(amount: int, locale: str = "nl") -> str:
    """Write cents as a resident reads them: ``€ 6.400`` (nl), ``€6,400`` (en).

    Cents are written only when there are any.
    """
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    grouped = f"{whole:,}"
    if locale.lower().startswith("en"):
        return f"{sign}€{grouped}" + (f".{rest:02d}" if rest else "")
    return f"{sign}€ {grouped.replace(',', '.')}" + (f",{rest:02d}" if rest else "")
