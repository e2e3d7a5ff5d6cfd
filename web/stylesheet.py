"""The stylesheet of an application: its address, its headers, its compressed form."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, current_app, request, url_for

from web import access
from web.styles import Sheet, own_rules, sheet_of

_SHEET: Final = "stylesheet"
_YEAR: Final = 365 * 24 * 3600


def add(app: Flask) -> None:
    """Give an application its stylesheet, and templates its address."""
    app.extensions[_SHEET] = sheet_of(*own_rules())
    app.add_url_rule("/static/pb.<digest>.css", _SHEET, stylesheet)
    access.declare(app, _SHEET, access.ANYONE)
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
    current = digest == sheet.digest
    answer.headers["Cache-Control"] = (
        f"public, max-age={_YEAR}, immutable" if current else "no-cache"
    )
    return answer


def _of_app() -> Sheet:
    found: Sheet = current_app.extensions[_SHEET]
    return found
