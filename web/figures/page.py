"""One page of figures that needs no server, no other file and no script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pb_engine.api import Figure, LocalText
from web.figures.drawings import parts, rows_of_flow, sankey, told, told_rows
from web.kit import lock
from web.styles import own_rules, squeezed
from web.themes.theme import BUILT_IN, read_theme

SHARED = Path(__file__).parents[1] / "shared"
CATALOGUES = Path(__file__).parents[1] / "locale"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands out, and the words under it."""

    written: LocalText
    words: LocalText


@dataclass(frozen=True, slots=True)
class Page:
    """Rules compared on one file.

    :ivar figures: about all rules; ``story`` is about the one rule that ``story_of`` names.
    :ivar remarks: what could not be counted.
    """

    title: str
    lead: LocalText
    numbers: tuple[Number, ...]
    figures: tuple[Figure, ...]
    story_of: LocalText
    story: tuple[Figure, ...]
    remarks: tuple[LocalText, ...] = ()


def page_html(page: Page, locale: str) -> str:
    """Return the page in Dutch or in English."""
    template = _environment(locale).get_template("comparison.html.j2")
    return template.render(page=page, css=_rules())


def _rules() -> str:
    """Return what the macros need; the letters are those of the device: a file holds no font."""
    theme = replace(read_theme(BUILT_IN), fonts=())
    return squeezed("\n".join((lock.css(), theme.css(), *own_rules())))


def _environment(locale: str) -> Environment:
    """Return what the macros of the site need, without the site."""
    made = Environment(
        loader=FileSystemLoader(SHARED / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found = Translations.load(CATALOGUES, [locale])
    made.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]
    say: Callable[[LocalText], str] = lambda text: text.text(locale)  # noqa: E731 - a template word
    made.globals.update(
        say=say,
        tell=say,
        locale=lambda: locale,
        parts=parts,
        rows_of_flow=rows_of_flow,
        sankey=sankey,
        told=told,
        told_rows=told_rows,
    )
    return made
