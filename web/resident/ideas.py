"""Ideas: a new one, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import EngineError, InvalidIdea, MistypedCode, UnknownCode, WrongPhase
from pb_engine.services import ideas as service
from pb_engine.services import pages, surveys
from web.access import anyone
from web.base import engine
from web.error_texts import FIELD_MISTAKES
from web.errors import field_mistakes, filled, sentence_of, status_of
from web.forms.ideas import IdeaForm, read_idea
from web.forms.money import cents
from web.resident import carried
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import throttled
from web.security import not_stored

_FIELDS = tuple(IdeaForm().fields)


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    both = ["GET", "POST"]
    limited = throttled(app, new, lambda rates: rates.new_ideas, _was_taken_in)
    app.add_url_rule("/<slug>/ideeen/nieuw", "new_idea", limited, methods=both)
    app.add_url_rule("/<slug>/ideeen/<idea_id>/ontvangen", "idea_received", received)
    app.add_url_rule("/<slug>/ideeen/<idea_id>/intrekken", "withdraw", withdraw, methods=both)


@anyone
def new(slug: str) -> ResponseReturnValue:
    """Show the form for a new idea, or take it in."""
    if request.method == "GET" or switched():
        return _form(slug, {})
    try:
        made = service.submit_idea(engine(), slug, read_idea(request.form.to_dict()))
    except InvalidIdea as problem:
        return _form(slug, _mistakes(problem), status_of(problem))
    target = url_for("idea_received", slug=slug, idea_id=made.idea.id)
    content = {"code": made.idea_code}
    return carried.carry(redirect(target, 303), carried.IDEA, slug, content, target)


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


def _form(slug: str, mistakes: Mapping[str, str], status: int = 200) -> ResponseReturnValue:
    page = pages.round_page(engine(), slug)
    if page.phase != "ideas" or engine().clock() >= page.round.calendar.ideas.end:
        raise WrongPhase("ideas are not open in this round", phase=page.phase, wanted="ideas")
    shown = show(
        "idea_new.html.j2",
        page,
        status=status,
        mistakes=mistakes,
        typed=request.form.to_dict(),
        lengths=service.LENGTHS,
        keeps="idee",
    )
    return not_stored(shown)


def _was_taken_in(response: Response) -> bool:
    return response.status_code == 303  # noqa: PLR2004 - only an idea that is in leads on


def _mistakes(problem: InvalidIdea) -> dict[str, str]:
    """Return a sentence per field, in the order of the page; what is empty is called empty."""
    found = field_mistakes(problem)
    typed = request.form.get("cost", "")
    if "cost" in found and cents(typed) is None:
        found["cost"] = filled(FIELD_MISTAKES["not_money"], {})
    empty = filled(FIELD_MISTAKES["empty"], {})
    return {
        field: found[field] if request.form.get(field, "").strip() else empty
        for field in _FIELDS
        if field in found
    }
