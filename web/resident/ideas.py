"""Ideas: one that has just come in, and taking one back."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import EngineError, MistypedCode, UnknownCode
from pb_engine.services import ideas as service
from pb_engine.services import pages, surveys
from web.access import anyone
from web.base import engine
from web.errors import sentence_of, status_of
from web.resident import carried
from web.resident.showing import show
from web.resident.site import switched
from web.security import not_stored


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    both = ["GET", "POST"]
    app.add_url_rule("/<slug>/ideeen/<idea_id>/ontvangen", "idea_received", received)
    app.add_url_rule("/<slug>/ideeen/<idea_id>/intrekken", "withdraw", withdraw, methods=both)


@anyone
def received(slug: str, idea_id: str) -> ResponseReturnValue:
    """Thank for an idea and show its code, as long as this browser still has it."""
    page = pages.idea_page(engine(), slug, idea_id)
    kept = carried.brought(carried.IDEA, slug, carried.SHOWN_ONCE_LIFE)
    asked = surveys.questionnaire_for(engine(), slug, "after_idea")
    code = kept["code"] if kept else None
    return not_stored(show("idea_received.html.j2", page, code=code, surveys=asked))


@anyone
def withdraw(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take an idea back with its code."""
    typed = request.form.get("code", "")
    if request.method == "GET" or switched():
        return _withdrawal(slug, idea_id, typed, None)
    try:
        service.withdraw_idea(engine(), slug, idea_id, typed)
    except (MistypedCode, UnknownCode) as problem:
        return _withdrawal(slug, idea_id, typed, problem)
    return redirect(url_for("idea", slug=slug, idea_id=idea_id), 303)


def _withdrawal(
    slug: str, idea_id: str, typed: str, problem: EngineError | None
) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    mistakes = {"code": sentence_of(problem)} if problem else {}
    status = status_of(problem) if problem else 200
    shown = show(
        "withdraw.html.j2",
        page,
        status=status,
        mistakes=mistakes,
        typed={"code": typed},
        keeps="intrekken",
    )
    return not_stored(shown)
