"""The stylesheet of an application and its fonts: addresses, headers, a compressed form."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, current_app, request, url_for

from web import access
from web.kit import lock
from web.styles import Sheet, own_rules, sheet_of
from web.themes.theme import BUILT_IN, Theme, read_theme

_SHEET: Final = "stylesheet"
_FONT: Final = "font"
_YEAR: Final = 365 * 24 * 3600
_KEPT: Final = f"public, max-age={_YEAR}, immutable"


def add(app: Flask, theme_folder: Path | None) -> None:
    """Give an application its stylesheet and fonts, and templates the address.

    :raises InvalidSettings: the folder is no theme, or one that nobody could read.
    """
    theme = read_theme(theme_folder or BUILT_IN)
    app.extensions[_SHEET] = sheet_of(lock.css(), theme.css(), *own_rules())
    app.extensions[_FONT] = theme
    app.add_url_rule("/static/pb.<digest>.css", _SHEET, stylesheet)
    app.add_url_rule("/static/theme/<name>", _FONT, font)
    access.declare(app, _SHEET, access.ANYONE)
    access.declare(app, _FONT, access.ANYONE)
    app.jinja_env.globals.update(stylesheet=address)


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
