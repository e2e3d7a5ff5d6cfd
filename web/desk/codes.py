"""Voting codes at the desk: making, withdrawing, replacing.  Nobody can look one up."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, NotReady
from pb_engine.services import batch_moves, code_batches, codes, desk
from pb_engine.services.rights import has_register
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import done, show
from web.forms.desk import MOST_CODES, BatchForm, CodeForm, IssueForm, read

_ONCE = "codes_once"


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/codes", "codes", overview)
    app.add_url_rule("/<slug>/codes/maken", "issue", issue, methods=["POST"])
    app.add_url_rule("/<slug>/codes/series", "move_batch", move_batch, methods=["POST"])
    app.add_url_rule("/<slug>/codes/intrekken", "void", void, methods=["POST"])
    app.add_url_rule("/<slug>/codes/terug", "return_code", return_code, methods=["POST"])
    app.add_url_rule("/<slug>/codes/vervangen", "replace", replace, methods=["POST"])


@role("participation_team", "desk_officer")
def overview(slug: str) -> ResponseReturnValue:
    """Show how many codes there are of each kind, and the forms."""
    return _overview(slug)


def _overview(slug: str, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    session[_ONCE] = secrets.token_urlsafe(12)
    return show(
        "codes.html.j2",
        page=page,
        round=page.round,
        once=session[_ONCE],
        lines=batch_moves.batches_of(engine(), slug),
        registered=has_register(engine(), slug),
        most=MOST_CODES,
        problem=problem,
        typed=request.form,
        **more,
    )


@role("participation_team")
@fresh("codes")
def issue(slug: str) -> ResponseReturnValue:
    """Make codes and show them, once.

    The form works once: reloading the page with codes must not make another batch.
    """
    values, mistakes = read(IssueForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    if request.form.get("once", "") != session.pop(_ONCE, None):
        told = gettext("Deze codes zijn al gemaakt. Er zijn geen nieuwe codes bijgekomen.")
        return done(told, "codes", slug=slug)
    people = [line.strip() for line in values["people"].splitlines() if line.strip()]
    try:
        number = None if people else int(values["number"] or 0)
        if (number or len(people)) > MOST_CODES:
            raise NotReady(f"the desk makes at most {MOST_CODES} at once", problem="number")
        batch = code_batches.create_batch(
            *(engine(), slug),
            kind=values["kind"],
            number=number,
            people=people or None,
            by=my_name(),
        )
    except EngineError as problem:
        return _overview(slug, problem)
    page = desk.desk_round(engine(), slug)
    return show("codes_made.html.j2", page=page, round=page.round, batch=batch, people=people)


@role("participation_team")
@fresh("codes")
def move_batch(slug: str) -> ResponseReturnValue:
    """Say that a batch was sent, came back, or is withdrawn."""
    values, mistakes = read(BatchForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    batch, to = int(values["batch"] or 0), values["to"]  # a field that was not sent is empty
    try:
        moved = batch_moves.move_batch(engine(), slug, batch, to, values["why"], my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    told = gettext(
        "Serie %(batch)s is bijgewerkt, met %(number)s codes.", batch=batch, number=moved
    )
    return done(told, "codes", slug=slug)


@role("participation_team", "desk_officer")
def void(slug: str) -> ResponseReturnValue:
    """Withdraw a code that nobody voted with."""
    values, mistakes = read(CodeForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    try:
        codes.void_code(engine(), slug, values["code"], values["reason"], my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return done(gettext("De code is ingetrokken."), "codes", slug=slug)


@role("participation_team", "desk_officer")
def return_code(slug: str) -> ResponseReturnValue:
    """Note that the letter with a code came back; the code opens no door any more."""
    values, mistakes = read(CodeForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    try:
        codes.return_code(engine(), slug, values["code"], values["reason"], my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return done(gettext("De code staat op retour en werkt niet meer."), "codes", slug=slug)


@role("participation_team", "desk_officer")
def replace(slug: str) -> ResponseReturnValue:
    """Give a voting right a new code and show it, once."""
    values, mistakes = read(CodeForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    try:
        made = codes.replace_code(engine(), slug, values["code"], values["reason"], my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    page = desk.desk_round(engine(), slug)
    return show("code_replaced.html.j2", page=page, round=page.round, code=made)
