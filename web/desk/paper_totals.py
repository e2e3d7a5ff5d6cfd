"""A batch of totals at the desk: two who count, and a third who decides."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, PaperRefused
from pb_engine.services.paper import pages, totals
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show

READERS = ("participation_team", "commission_member", "desk_officer", "counter")


def add(app: Flask) -> None:
    """Register these pages."""
    base = "/<slug>/papier/<int:batch>/totalen"
    app.add_url_rule(f"{base}/<int:hand>", "paper_totals", count_page)
    app.add_url_rule(f"{base}/<int:hand>", "paper_count", count, methods=["POST"])
    app.add_url_rule(f"{base}/verschillen", "paper_totals_compare", compare)
    app.add_url_rule(f"{base}/verschillen", "paper_count_decide", decide, methods=["POST"])


@role(*READERS)
def count_page(slug: str, batch: int, hand: int) -> ResponseReturnValue:
    """Show the form for all lines."""
    return _form(slug, batch, hand)


@role(*READERS)
def count(slug: str, batch: int, hand: int) -> ResponseReturnValue:
    """Keep what one person counted."""
    lines = pages.totals_lines(engine(), slug)
    try:
        numbers = {line.key: _number(f"regel{line.place}") for line in lines}
        totals.enter_totals(engine(), slug, batch, hand, numbers, my_name())
    except EngineError as problem:
        return _form(slug, batch, hand, problem)
    return _form(slug, batch, hand)


@role(*READERS)
def compare(slug: str, batch: int) -> ResponseReturnValue:
    """Show the next line that a third person must count."""
    return _form(slug, batch)


@role(*READERS)
def decide(slug: str, batch: int) -> ResponseReturnValue:
    """Keep what the third person counted."""
    why = request.form.get("reason", "")
    line = 0
    try:
        line = _number("line")
        number = _number("number")
        totals.decide_line(engine(), slug, batch, line, number, my_name(), why)
    except EngineError as problem:
        return _form(slug, batch, None, problem, asked=line)
    told = gettext("Deze regel is beslist.")
    return done(told, "paper_totals_compare", slug=slug, batch=batch)


def _form(
    slug: str,
    batch: int,
    hand: int | None = None,
    problem: EngineError | None = None,
    asked: int = 0,
) -> ResponseReturnValue:
    page = pages.paper_page(engine(), slug, my_name())
    found = pages.batch_of(page, batch)
    if not found.totals:
        raise PaperRefused(f"batch {batch} is counted by sheet", problem="kind")
    mine = next((one for one in found.readings if one.hand == hand and one.mine), None)
    lines = pages.totals_lines(engine(), slug)
    shown: dict[str, Any] = {
        "entered": bool(mine and mine.entered and not mine.finished and problem is None),
        "asked": asked if 0 < asked <= len(lines) else 0,
        "problem": problem,
        "typed": request.form,
    }
    more = {"hand": hand, "lines": lines, "batch": found, **shown}
    return show("paper_totals.html.j2", page=page, round=page.round, **more)


def _number(name: str) -> int:
    """Return a number that was typed; unlike a number of sheets it may be 0, and must be there."""
    typed = request.form.get(name, "").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 7):  # noqa: PLR2004
        raise PaperRefused("every line needs a whole number", problem="lines")
    return int(typed)
