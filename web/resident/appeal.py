"""Asking for another look at a judgement (vraag om herziening), with the code of the idea."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidIdea, MistypedCode, UnknownCode, WrongPhase
from pb_engine.services import appeals as service
from pb_engine.services import pages
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes, sentence_of, status_of
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import throttled
from web.security import not_stored


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page.

    Every try counts, so that nobody can go on guessing the code of somebody else's idea.
    """
    limited = throttled(app, ask, lambda rates: rates.opinions, lambda _answer: True)
    path = "/<slug>/ideeen/<idea_id>/herziening"
    app.add_url_rule(path, "appeal", limited, methods=["GET", "POST"])


@anyone
def ask(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show the form, or take the request in."""
    if request.method == "GET" or switched():
        return _form(slug, idea_id, {})
    typed = request.form
    try:
        service.ask_again(engine(), slug, idea_id, typed.get("code", ""), typed.get("body", ""))
    except InvalidIdea as problem:
        return _form(slug, idea_id, field_mistakes(problem), status_of(problem))
    except (MistypedCode, UnknownCode) as problem:
        return _form(slug, idea_id, {"code": sentence_of(problem)}, status_of(problem))
    return redirect(url_for("idea", slug=slug, idea_id=idea_id, _anchor="herziening"), 303)


def _form(
    slug: str, idea_id: str, mistakes: Mapping[str, str], status: int = 200
) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    appealing = service.appeals_of(engine(), slug, idea_id)
    if appealing.until is None:
        raise WrongPhase("this cannot be appealed now", phase=page.phase, wanted="appeal")
    shown = show(
        "appeal.html.j2",
        page,
        status=status,
        mistakes=mistakes,
        typed=request.form.to_dict(),
        until=appealing.until,
        keeps="herziening",
    )
    return not_stored(shown)
