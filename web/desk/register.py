"""The voter register at the desk: taking it in, its numbers, and changes by two people."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, cast

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_security import current_user

from pb_engine.errors import EngineError
from pb_engine.services import amendments, counter, desk, register_figures, register_import
from pb_engine.services.roll import DUTCH, Columns, read_columns
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import done, may, show
from web.forms.desk import read
from web.forms.register import ChangeForm, SearchForm

LARGEST_REGISTER = 8 * 1024 * 1024
"""A larger file is taken in on the server: a browser would wait too long."""
_LARGE = "take_in_register"


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/<slug>/register", "register", overview)
    app.add_url_rule("/<slug>/register/inlezen", _LARGE, take_in, methods=post)
    app.add_url_rule("/<slug>/register/zoeken", "search_register", search, methods=post)
    app.add_url_rule("/<slug>/register/wijzigen", "propose_change", propose, methods=post)
    app.add_url_rule("/<slug>/register/besluit/<int:number>", "decide_change", decide, methods=post)
    app.url_value_preprocessor(_allow_a_register)


def _allow_a_register(endpoint: str | None, _: object) -> None:
    # Before the form is read, which the check of its token does.
    if endpoint == _LARGE and current_user.is_authenticated:
        request.max_content_length = LARGEST_REGISTER


@role("participation_team", "desk_officer", "auditor")
def overview(slug: str) -> ResponseReturnValue:
    """Show the register in numbers, and the changes."""
    return _overview(slug)


def _overview(slug: str, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    return show(
        "register.html.j2",
        page=page,
        round=page.round,
        figures=register_figures.register_figures(engine(), slug),
        changes=amendments.changes_of(engine(), slug),
        waiting=amendments.waiting_of(engine(), slug) if may("decide_change") else {},
        problem=problem,
        **{"typed": {}, **more},
    )


@role("participation_team")
@fresh("register")
def take_in(slug: str) -> ResponseReturnValue:
    """Say what a file would do; take it in when somebody looked at that."""
    page = desk.desk_round(engine(), slug)
    seen = request.form.get("seen", "")[:64]
    try:
        stream, columns = _sent(), _columns()
        if not seen:
            found = register_import.dry_run(engine(), slug, stream, columns)
            return show("register_report.html.j2", page=page, round=page.round, found=found)
        taken = register_import.import_register(
            engine(), slug, stream, my_name(), columns, expected=seen
        )
    except EngineError as problem:
        return _overview(slug, problem)
    told = gettext("Er staan nu %(number)s kiezers in het register.", number=taken.taken)
    return done(told, "register", slug=slug)


@role("desk_officer")
def search(slug: str) -> ResponseReturnValue:
    """Find a resident by address or name, or show the one that was chosen."""
    chosen = request.form.get("resident", "")[:64]
    if chosen:
        try:
            one = counter.at_counter(engine(), slug, chosen)
        except EngineError as problem:
            return _overview(slug, problem)
        return _overview(slug, chosen=one)
    values, mistakes = read(SearchForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes, typed=request.form)
    try:
        found = counter.find_people_by(engine(), slug, my_name(), values["text"]).people
    except EngineError as problem:
        return _overview(slug, problem, typed=request.form)
    return _overview(slug, found=found, typed=request.form)


@role("desk_officer")
def propose(slug: str) -> ResponseReturnValue:
    """Propose a change; another official decides."""
    values, mistakes = read(ChangeForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes, typed=request.form)
    kind, reason = values.pop("kind"), values.pop("reason")
    try:
        amendments.propose_change(engine(), slug, kind, values, reason, my_name())
    except EngineError as problem:
        return _overview(slug, problem, typed=request.form)
    told = gettext("De wijziging wacht op een tweede medewerker.")
    return done(told, "register", slug=slug)


@role("participation_team", "desk_officer")
@fresh("register")
def decide(slug: str, number: int) -> ResponseReturnValue:
    """Agree with a change that somebody else proposed, or refuse it."""
    agreed = request.form.get("decision") == "approve"
    try:
        amendments.decide_change(engine(), slug, number, my_name(), agreed=agreed)
    except EngineError as problem:
        return _overview(slug, problem)
    told = gettext("De wijziging is doorgevoerd.") if agreed else gettext("U wees de wijziging af.")
    return done(told, "register", slug=slug)


def _sent() -> BinaryIO:
    file = request.files.get("register_file")
    # Without a file it is an empty one, which is refused in a sentence.
    return cast("BinaryIO", file.stream) if file else io.BytesIO()


def _columns() -> Columns:
    file = request.files.get("columns_file")
    raw = file.read() if file else b""
    return read_columns(raw, (file.filename or "")[:80]) if file and raw else DUTCH
