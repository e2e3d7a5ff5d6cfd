"""Following an idea by e-mail: ask, confirm, stop.

A link in a letter only shows a button: mail scanners open every link.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidIdea, InvalidTicket
from pb_engine.services import following as service
from pb_engine.services import pages
from web import texts
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes, status_of
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import throttled
from web.security import not_stored

_GONE, _TAKEN = 410, 200


def add(app: Flask, forms: CSRFProtect) -> None:
    """Register these pages.

    Whoever ends the letters has nothing but the link: a mail program sends no form token.
    """
    limited = throttled(app, follow, lambda rates: rates.opinions, _was_asked)
    both = ["GET", "POST"]
    app.add_url_rule("/<slug>/ideeen/<idea_id>/volgen", "follow", limited, methods=both)
    app.add_url_rule("/volgen/<sealed>", "confirm_follow", confirm, methods=both)
    app.add_url_rule("/volgen/stop/<sealed>", "stop_follow", forms.exempt(stop), methods=both)


@anyone
def follow(slug: str, idea_id: str) -> ResponseReturnValue:
    """Ask for an address, or send a letter to it; the answer never tells who follows already."""
    if request.method == "GET" or switched():
        return _form(slug, idea_id, {})
    page = pages.idea_page(engine(), slug, idea_id)
    texts.speak(page.round.languages)
    email = request.form.get("email", "")
    try:
        service.ask_to_follow(engine(), slug, idea_id, email, texts.locale())
    except InvalidIdea as problem:
        return _form(slug, idea_id, field_mistakes(problem), status_of(problem))
    return not_stored(show("follow_asked.html.j2", page))


@anyone
def confirm(sealed: str) -> ResponseReturnValue:
    """Show the button that confirms, or confirm."""
    try:
        slug, idea_id = service.followed_by(engine(), sealed)
        if request.method == "POST" and not switched():
            service.confirm(engine(), sealed)
            done = True
        else:
            done = False
    except InvalidTicket:
        return worthless()
    page = pages.idea_page(engine(), slug, idea_id)
    return not_stored(show("follow_confirm.html.j2", page, sealed=sealed, done=done))


@anyone
def stop(sealed: str) -> ResponseReturnValue:
    """Show the button that ends the letters, or end them (RFC 8058)."""
    done = request.method == "POST"
    try:
        if done:
            service.stop(engine(), sealed)
    except InvalidTicket:
        return worthless()
    back = url_for("stop_follow", sealed=sealed)
    return _plain("follow_stop.html.j2", 200, done=done, back=back)


def _was_asked(answer: Response) -> bool:
    return answer.status_code == _TAKEN


def worthless() -> ResponseReturnValue:
    """Say that a link is worth nothing any more."""
    return _plain("follow_gone.html.j2", _GONE)


def _plain(template: str, status: int, **more: object) -> ResponseReturnValue:
    return not_stored(make_response(render_template(template, **more), status))


def _form(
    slug: str, idea_id: str, mistakes: Mapping[str, str], status: int = 200
) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    shown = show(
        "follow.html.j2",
        page,
        status=status,
        mistakes=mistakes,
        typed=request.form.to_dict(),
        keeps="volgen",
    )
    return not_stored(shown)
