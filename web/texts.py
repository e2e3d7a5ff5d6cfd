"""Language, money and dates on a page.  Dutch leads: the Dutch sentence is the message id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale, refresh  # type: ignore[import-untyped]

from pb_engine.units import LocalText, euros

LANGUAGES = ("nl", "en")
LANGUAGE_COOKIE = "taal"
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
CATALOGUES = Path(__file__).parent / "locale"


def N_(sentence: str) -> str:  # noqa: N802 - the name by which extractors know it
    """Mark a sentence for translation; it is translated where it is shown."""
    return sentence


def init_texts(app: Flask) -> None:
    """Give an application its languages and the words that templates use."""
    Babel(
        app,
        default_locale="nl",
        default_timezone=str(DUTCH_TIME),
        default_translation_directories=str(CATALOGUES),
        locale_selector=chosen_language,
    )
    app.jinja_env.globals.update(
        locale=locale, say=say, money=money, day=day, day_short=day_short, moment=moment
    )


def speak(languages: Sequence[str]) -> None:
    """Limit this request to the languages of a round."""
    g.languages = tuple(one for one in LANGUAGES if one in languages) or LANGUAGES
    refresh()


def spoken() -> tuple[str, ...]:
    """Return the languages in which this page can be read."""
    languages: tuple[str, ...] = g.get("languages", LANGUAGES)
    return languages


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
    """Return the language of this page: ``nl`` or ``en``."""
    found = get_locale()
    return str(found.language) if found else "nl"


def say(text: LocalText) -> str:
    """Return a text in the language of this page."""
    return text.text(locale())


def money(cents: int) -> str:
    """Write cents as a resident reads them; the sign never stands on a line of its own."""
    return euros(cents, locale()).replace("€ ", "€\u00a0")


def day(value: date) -> str:
    """Write a day in full: ``maandag 10 mei 2027``."""
    pattern = "EEEE d MMMM y"
    return str(format_date(value, pattern, locale=locale()))


def day_short(value: date) -> str:
    """Write a day for a narrow column: ``10 mei 2027``."""
    return str(format_date(value, "d MMMM y", locale=locale()))


def moment(value: datetime) -> str:
    """Write an instant as Dutch local time: ``maandag 10 mei 2027 om 09:30 uur``."""
    pattern = "EEEE d MMMM y, HH:mm" if locale() == "en" else "EEEE d MMMM y 'om' HH:mm 'uur'"
    return str(format_datetime(value, pattern, tzinfo=DUTCH_TIME, locale=locale()))
