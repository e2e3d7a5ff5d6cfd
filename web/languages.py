"""The languages that pages speak, and where a sentence goes that one of them lacks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from babel import Locale
from babel.numbers import format_currency, get_decimal_symbol
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale  # type: ignore[import-untyped]

from pb_engine.units import LANGUAGES

CATALOGUES = Path(__file__).parent / "locale"
DESK_LANGUAGES = ("nl", "en")
DOMAIN = "messages"
ENGINE = "engine"
"""The domain of what the engine and its plugins say; it holds the texts that most rounds show."""
INFORMAL = "nl@je"
"""Dutch with je for u; ``web.locale.informal`` makes it."""
OWN_NAMES = MappingProxyType(
    {
        "nl": "Nederlands",
        "en": "English",
        "de": "Deutsch",
        "tr": "Türkçe",
        "ar": "العربية",
        "pl": "Polski",
    }
)
"""Every language by its own name: who looks for it reads no other."""
RIGHT_TO_LEFT = frozenset(one for one in LANGUAGES if Locale.parse(one).text_direction == "rtl")


class FallingBack(Domain):  # type: ignore[misc]
    """The catalogues; what a language lacks is said in English, and else in Dutch."""

    def get_translations(self) -> NullTranslations:
        """Return the sentences for the language of this page."""
        code = str(get_locale() or "nl")
        known: NullTranslations | None = self.cache.get(code)
        if known is None:
            known = self.cache[code] = catalogue(code)
        return known


def catalogue(code: str) -> NullTranslations:
    """Return the sentences of a language, with English behind them where Dutch is not near."""
    found: NullTranslations = Translations.load(CATALOGUES, [code], DOMAIN)
    if code.partition("@")[0] not in {"nl", "en"}:
        found.add_fallback(Translations.load(CATALOGUES, ["en"], DOMAIN))
    return found


def euros_in(language: str, cents: int) -> str:
    """Write an amount as the language does; cents are written only when there are any."""
    written = str(format_currency(Decimal(cents) / 100, "EUR", locale=language))
    whole = get_decimal_symbol(language) + "00"
    return written.replace(whole, "", 1) if cents % 100 == 0 else written
