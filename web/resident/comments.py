"""Comments under an idea: the list, and the form for a new one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidIdea, WrongPhase
from pb_engine.services import comments as service
from pb_engine.services import pages
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes, status_of
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import led_on, throttled
from web.security import not_stored

_MOST_PAGES = 10_000


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    limited = throttled(app, write, lambda rates: rates.opinions, led_on)
    path = "/<slug>/ideeen/<idea_id>/"
    app.add_url_rule(f"{path}reacties", "comments", list_)
    app.add_url_rule(f"{path}reageren", "write_comment", limited, methods=["GET", "POST"])


@anyone
def list_(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show what is written under an idea."""
    number = _number(request.args.get("blz", "1"))
    page = pages.idea_page(engine(), slug, idea_id)
    talk = service.talk_of(engine(), slug, idea_id, number)
    if talk is None:
        abort(404)
    last = max(1, -(-talk.number // service.AT_ONCE))
    return show(
        "comments.html.j2",
        page,
        talk=talk,
        number=number,
        last=last,
        rules=service.HOUSE_RULES,
        waits=request.args.get("nieuw") == "wacht",
    )


@anyone
def write(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show the form for a comment, or take one in."""
    if request.method == "GET" or switched():
        return _form(slug, idea_id, {})
    new = service.NewComment(
        name=request.form.get("name", ""),
        body=request.form.get("body", ""),
        question=request.form.get("question") == "ja",
    )
    try:
        made = service.write_comment(engine(), slug, idea_id, new)
    except InvalidIdea as problem:
        return _form(slug, idea_id, field_mistakes(problem), status_of(problem))
    waits = "wacht" if made.state == "waiting" else None
    return redirect(url_for("comments", slug=slug, idea_id=idea_id, nieuw=waits), 303)


def _number(typed: str) -> int:
    known = typed.isascii() and typed.isdecimal() and len(typed) < len(str(_MOST_PAGES))
    return max(1, int(typed)) if known else 1


def _form(
    slug: str, idea_id: str, mistakes: Mapping[str, str], status: int = 200
) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    talk = service.talk_of(engine(), slug, idea_id)
    if talk is None or not talk.open:
        raise WrongPhase("no comments are taken now", phase=page.phase, wanted="comments")
    shown = show(
        "comment_new.html.j2",
        page,
        status=status,
        mistakes=mistakes,
        typed=request.form.to_dict(),
        talk=talk,
        rules=service.HOUSE_RULES,
        keeps="reageren",
    )
    return not_stored(shown)
