"""The small words every room speaks: identifiers, money, and a text in two languages."""

from __future__ import annotations

from collections.abc import Mapping
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
    """The same sentence in the two languages every text must have, and in others if it likes.

    :ivar de: German, like the rest: empty where the text does not say it.
    """

    nl: str
    en: str
    de: str = ""
    tr: str = ""
    ar: str = ""
    pl: str = ""

    def text(self, locale: str) -> str:
        """Return the text in ``locale``; a language that it lacks gets English, any other Dutch."""
        language = locale.lower()[:2]
        if language in LANGUAGES[1:]:
            return self.own(language) or self.en
        return self.nl

    def own(self, language: str) -> str:
        """Return the text in one of ``LANGUAGES``; empty where it does not say it."""
        said: str = getattr(self, language)
        return said

    def filled(self, **places: str | LocalText) -> LocalText:
        """Return the text with something for each ``{place}``, in its own language where it can."""
        return LocalText(
            **{
                language: self.own(language).format(**_in(language, places))
                for language in LANGUAGES
            }
        )


def _in(language: str, places: Mapping[str, str | LocalText]) -> dict[str, str]:
    return {
        name: one if isinstance(one, str) else one.text(language) for name, one in places.items()
    }


def euros(cents: int, locale: str = "nl") -> str:
    """Write cents as a resident reads them: ``€ 6.400`` (nl), ``€6,400`` (en), ``6 400 €`` (pl).

    Cents are written only when there are any.
    """
    pattern, thousands, comma = _EUROS.get(locale.lower()[:2], _EUROS["nl"])
    whole, rest = divmod(abs(cents), 100)
    written = f"{whole:,}".replace(",", thousands) + (f"{comma}{rest:02d}" if rest else "")
    return ("-" if cents < 0 else "") + pattern.format(written)


_EUROS = {
    "nl": ("€ {}", ".", ","),
    "en": ("€{}", ",", "."),
    "de": ("{}\u00a0€", ".", ","),
    "tr": ("€{}", ".", ","),
    "ar": ("{}\u00a0€", ",", "."),
    "pl": ("{}\u00a0€", "\u00a0", ","),
}
"""Where the sign stands, what parts thousands, and what parts cents."""
