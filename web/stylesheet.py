"""The stylesheet of an application and its fonts: addresses, headers, a compressed form."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, current_app, request, url_for

from web import access
from web.kit import lock
from web.styles import Sheet, own_rules, sheet_of
from web.themes.colours import WHITE, contrast, read_colour
from web.themes.pairs import TEXT
from web.themes.theme import Theme, folder_of, read_theme

_SHEET: Final = "stylesheet"
_FONT: Final = "font"
_ACCENT: Final = "accent"
_YEAR: Final = 365 * 24 * 3600
_KEPT: Final = f"public, max-age={_YEAR}, immutable"


def add(app: Flask, theme_folder: Path | None) -> None:
    """Give an application its stylesheet and fonts, and templates the address.

    :raises InvalidSettings: the folder is no theme, or one that nobody could read.
    """
    theme = read_theme(folder_of(theme_folder))
    app.extensions[_SHEET] = sheet_of(lock.css(), theme.css(), *own_rules())
    app.extensions[_FONT] = theme
    app.add_url_rule("/static/pb.<digest>.css", _SHEET, stylesheet)
    app.add_url_rule("/static/theme/<name>", _FONT, font)
    app.add_url_rule("/static/accent.<colour>.css", _ACCENT, accent)
    access.declare(app, _ACCENT, access.ANYONE)
    access.declare(app, _SHEET, access.ANYONE)
    access.declare(app, _FONT, access.ANYONE)
    app.jinja_env.globals.update(stylesheet=address, accent_sheet=accent_address)


def address() -> str:
    """Return the address of the stylesheet of this application; it changes with its content."""
    return url_for(_SHEET, digest=_of_app().digest)


def stylesheet(digest: str) -> Response:
    """Send the stylesheet.

    A page of another version may still ask for its own: it gets this one, and keeps it not.
    """
    sheet = _of_app()
    packed = request.accept_encodings["gzip"] > 0
    answer = Response(sheet.packed if packed else sheet.css, mimetype="text/css")
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = _KEPT if digest == sheet.digest else "no-cache"
    return answer


def accent_address(colour: str) -> str:
    """Return the address of the stylesheet with the colour of a round, ``#0a5c36``."""
    return url_for(_ACCENT, colour=colour.removeprefix("#"))


def accent(colour: str) -> Response:
    """Send the colour of a round.

    The address says it all, so that a process without the site's store can send it too.
    """
    seen = read_colour(f"#{colour}") if len(colour) == 6 else None  # noqa: PLR2004
    if seen is None or contrast(WHITE, seen) < TEXT:
        abort(404)
    rule = f":root {{ --round-accent: #{colour}; --on-round-accent: #ffffff; }}"
    answer = Response(rule, mimetype="text/css")
    answer.headers["Cache-Control"] = _KEPT
    return answer


def font(name: str) -> Response:
    """Send a font of the theme; its name changes with its content."""
    theme: Theme = current_app.extensions[_FONT]
    found = next((one for one in theme.fonts if one.address == name), None)
    if found is None:
        abort(404)
    answer = Response(found.content, mimetype="font/woff2")
    answer.headers["Cache-Control"] = _KEPT
    return answer


def _of_app() -> Sheet:
    found: Sheet = current_app.extensions[_SHEET]
    return found
