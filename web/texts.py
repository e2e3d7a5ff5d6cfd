"""Language, money and dates on a page.  Dutch leads: the Dutch sentence is the message id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale, refresh  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.units import LANGUAGES, LocalText, euros
from web.address import informal
from web.languages import (
    CATALOGUES,
    DESK_LANGUAGES,
    INFORMAL,
    RIGHT_TO_LEFT,
    FallingBack,
    euros_in,
)
from web.phrasebook import phrasebook

LANGUAGE_COOKIE = "taal"
LANGUAGE_IN_ADDRESS = "taal"
_SPOKEN = "pb_languages"
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


def N_(sentence: str) -> str:  # noqa: N802 - the name by which extractors know it
    """Mark a sentence for translation; it is translated where it is shown."""
    return sentence


def init_texts(app: Flask, languages: tuple[str, ...] = LANGUAGES) -> None:
    """Give an application its languages and the words that templates use."""
    app.extensions[_SPOKEN] = languages
    babel = Babel(
        app,
        default_locale="nl",
        default_timezone=str(DUTCH_TIME),
        default_translation_directories=str(CATALOGUES),
        locale_selector=chosen_locale,
    )
    babel.domain_instance = FallingBack()
    app.jinja_env.globals.update(
        locale=locale,
        direction=direction,
        left_to_right=left_to_right,
        say=say,
        tell=tell,
        money=money,
        number=number,
        day=day,
        day_short=day_short,
        moment=moment,
    )


def speak(languages: Sequence[str], address: str = "u") -> None:
    """Limit this request to the languages of a round, and say u or je in Dutch as it does."""
    g.address = address
    g.languages = tuple(one for one in LANGUAGES if one in languages) or LANGUAGES
    refresh()


def spoken() -> tuple[str, ...]:
    """Return the languages in which this page can be read."""
    languages: tuple[str, ...] = g.get("languages") or current_app.extensions[_SPOKEN]
    return languages


def chosen_locale() -> str:
    """Return the language of this page as catalogues name it: ``nl@je`` where a round says je."""
    language = chosen_language()
    return INFORMAL if language == "nl" and g.get("address") == "je" else language


def chosen_language() -> str:
    """Return the visitor's own choice, else what the browser prefers, else Dutch."""
    if not has_request_context():
        return "nl"
    languages = spoken()
    wished = g.get("language") or request.cookies.get(LANGUAGE_COOKIE, "")
    if wished in languages:
        return str(wished)
    return request.accept_languages.best_match(languages) or languages[0]


def locale() -> str:
    """Return the language of this page: ``nl``, ``en``, ``de`` ..."""
    found = get_locale()
    return str(found.language) if found else "nl"


def direction() -> str:
    """Return where a line of this page begins: ``ltr`` or ``rtl``."""
    return "rtl" if locale() in RIGHT_TO_LEFT else "ltr"


def left_to_right(text: str) -> str:
    """Keep a telephone number, a code or an address in order within a sentence in Arabic."""
    return f"\u2066{text}\u2069" if direction() == "rtl" else text


def say(text: LocalText) -> str:
    """Return a text in the language of this page, or else in English.

    In Dutch with u or je as the round says it.
    """
    if locale() not in DESK_LANGUAGES:
        return _translated(text) or text.en
    said = text.text(locale())
    return informal(said) if str(get_locale()) == INFORMAL else said


def tell(text: LocalText) -> str:
    """Return a text like ``say``, marked where its language is not that of the page.

    For the content of an element; an attribute, an option and a title of a page hold no marks.
    """
    said = say(text)
    if locale() in DESK_LANGUAGES or _translated(text) or not any(map(str.isalpha, said)):
        return said
    language = "nl" if text.nl == text.en else "en"
    return Markup('<span lang="{}" dir="ltr">{}</span>').format(language, said)


def _translated(text: LocalText) -> str | None:
    return text.own(locale()) or phrasebook(locale()).say(text.nl)


def money(cents: int) -> str:
    """Write cents as a resident reads them; the sign never stands on a line of its own."""
    language = locale()
    if language in DESK_LANGUAGES:
        return euros(cents, language).replace("€ ", "€\u00a0")
    return euros_in(language, cents)


def number(value: int) -> str:
    """Write a number with the separators of the language, in the digits of a Dutch letter."""
    return str(format_decimal(value, locale=locale()))


def day(value: date) -> str:
    """Write a day in full: ``maandag 10 mei 2027``."""
    return str(format_date(value, _DAY.get(locale(), "full"), locale=locale()))


def day_short(value: date) -> str:
    """Write a day for a narrow column: ``10 mei 2027``."""
    return str(format_date(value, _DAY_SHORT.get(locale(), "long"), locale=locale()))


def moment(value: datetime) -> str:
    """Write an instant as Dutch local time: ``maandag 10 mei 2027 om 09:30 uur``."""
    pattern = _MOMENT[locale()]
    return str(format_datetime(value, pattern, tzinfo=DUTCH_TIME, locale=locale()))


# The order of day and month is that of Dutch letters where a language leaves a choice.
_DAY = {"nl": "EEEE d MMMM y", "en": "EEEE d MMMM y"}
_DAY_SHORT = {"nl": "d MMMM y", "en": "d MMMM y"}
_MOMENT = {
    "nl": "EEEE d MMMM y 'om' HH:mm 'uur'",
    "en": "EEEE d MMMM y, HH:mm",
    "de": "EEEE, d. MMMM y 'um' HH:mm 'Uhr'",
    "tr": "d MMMM y EEEE, 'saat' HH:mm",
    "ar": "EEEE، d MMMM y، 'الساعة' HH:mm",
    "pl": "EEEE, d MMMM y, 'godz.' HH:mm",
}
