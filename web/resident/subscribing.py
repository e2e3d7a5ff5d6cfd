"""News of a round by e-mail: ask and confirm; who stops does so as with an idea.

A link in a letter only shows a button: mail scanners open every link.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidIdea, InvalidTicket
from pb_engine.services import pages
from pb_engine.services import subscribing as service
from web import texts
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes, status_of
from web.resident.following import worthless
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import throttled
from web.security import not_stored

_ASKED = 200


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    limited = throttled(app, subscribe, lambda rates: rates.opinions, _was_asked)
    path, both = "/<slug>/nieuws/e-mail", ["GET", "POST"]
    app.add_url_rule(path, "subscribe", limited, methods=both)
    app.add_url_rule(f"{path}/<sealed>", "confirm_subscription", confirm, methods=both)


@anyone
def subscribe(slug: str) -> ResponseReturnValue:
    """Ask for an address, or send a letter to it; the answer never tells who gets news already."""
    if request.method == "GET" or switched():
        return _page(slug, {})
    texts.speak(pages.round_page(engine(), slug).round.languages)
    try:
        service.ask_to_subscribe(engine(), slug, request.form.get("email", ""), texts.locale())
    except InvalidIdea as problem:
        return _page(slug, field_mistakes(problem), status_of(problem))
    return _page(slug, {}, asked=True)


@anyone
def confirm(slug: str, sealed: str) -> ResponseReturnValue:
    """Show the button that confirms, or confirm."""
    done = request.method == "POST" and not switched()
    try:
        service.confirm(engine(), slug, sealed, really=done)
    except InvalidTicket:
        return worthless()
    page = pages.round_page(engine(), slug)
    return not_stored(show("subscribe_confirm.html.j2", page, sealed=sealed, done=done))


def _was_asked(answer: Response) -> bool:
    return answer.status_code == _ASKED


def _page(
    slug: str, mistakes: Mapping[str, str], status: int = 200, *, asked: bool = False
) -> ResponseReturnValue:
    page = pages.round_page(engine(), slug)
    typed = request.form.to_dict()
    shown = show(
        "subscribe.html.j2",
        page,
        status=status,
        mistakes=mistakes,
        typed=typed,
        asked=asked,
        keeps=None if asked else "nieuws",
    )
    return not_stored(shown)
