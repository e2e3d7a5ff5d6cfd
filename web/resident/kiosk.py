"""A screen at the counter on which one resident after another votes.

The screen starts clean, says nothing about whoever was there before, and starts again by itself.
That it is such a screen is all its cookie says.  Where register and box are served apart, both
have to take their cookies back, so the way to the first page leads past the box.
"""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from flask import Response as FlaskResponse
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from web.access import anyone
from web.base import engine, engine_of
from web.resident import carried
from web.resident.showing import show
from web.security import is_https, not_stored

COOKIE = "pb_balie"
DAY = 12 * 3600
RECEIPT_SECONDS = 60
PAGE_SECONDS = 600
_PATH = "/<slug>/stemmen/balie"
_LEFT = {"done": RECEIPT_SECONDS}
_VOTING = ("vote", "check", "come_back", "ballot", "look_over", "done")


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register the page of this part, once, and let pages of voting go back to it in time."""
    if "register" in engine_of(app).parts:
        if "kiosk" not in app.view_functions:
            app.add_url_rule(_PATH, "kiosk", kiosk)
            app.after_request(_start_again)
    else:
        app.add_url_rule(_PATH, "kiosk_box", kiosk_box)
        app.after_request(_start_again)


@anyone
def kiosk(slug: str) -> ResponseReturnValue:
    """Show the first page of the screen, with everything of the visitor before taken back."""
    from pb_engine.services import pages  # the box does without

    if "box" not in engine().parts and "leeg" not in request.args:
        return _cleared(redirect(url_for("kiosk_box", slug=slug), 303), slug)
    page = pages.round_page(engine(), slug)
    return _cleared(not_stored(show("kiosk.html.j2", page)), slug)


@anyone
def kiosk_box(slug: str) -> ResponseReturnValue:
    """Take back what the box left with the visitor before, and go on to the first page."""
    return _cleared(redirect(url_for("kiosk", slug=slug, leeg=1), 303), slug)


def _cleared(response: Response, slug: str) -> Response:
    path = carried.voting_path(slug)
    carried.forget(response, slug, carried.VOTER, carried.RECEIPT, carried.CHECK)
    secure = is_https(engine().settings)
    response.set_cookie(
        COOKIE, "1", max_age=DAY, path=path, httponly=True, secure=secure, samesite="Lax"
    )
    return response


def _start_again(response: FlaskResponse) -> FlaskResponse:
    endpoint = request.endpoint or ""
    if endpoint in _VOTING and COOKIE in request.cookies:
        slug = str((request.view_args or {})["slug"])
        here = "kiosk" if "register" in engine().parts else "kiosk_box"
        seconds = _LEFT.get(endpoint, PAGE_SECONDS)
        response.headers["Refresh"] = f"{seconds}; url={url_for(here, slug=slug)}"
    return response
