"""The sample of paper at the desk: drawn after the close, read again by two people."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import placards
from pb_engine.services.paper import pages, sampling
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.paper import READERS
from web.desk.paper_typing import typed_sheet, whole
from web.desk.showing import done, show


def add(app: Flask) -> None:
    """Register these pages."""
    base = "/<slug>/papier/steekproef"
    app.add_url_rule(base, "paper_sample", overview)
    app.add_url_rule(f"{base}/loten", "paper_draw", draw, methods=["POST"])
    app.add_url_rule(base, "paper_check", check, methods=["POST"])
    app.add_url_rule(f"{base}/klaar", "paper_checked", finish, methods=["POST"])


@role(*READERS, "auditor")
def overview(slug: str) -> ResponseReturnValue:
    """Show which sheets are drawn, and how many people have read each."""
    return _overview(slug)


def _overview(slug: str, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    page = pages.paper_page(engine(), slug, my_name())
    paper = placards.ballot_page(engine(), slug) if page.batches else None
    return show(
        "paper_sample.html.j2",
        page=page,
        round=page.round,
        sample=page.sample,
        paper=paper,
        problem=problem,
        typed=request.form,
        **more,
    )


@role("participation_team")
@fresh("paper_sample")
def draw(slug: str) -> ResponseReturnValue:
    """Draw the sheets that are read again."""
    try:
        sampling.draw_sample(engine(), slug, whole("sheets"), my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return done(gettext("De vellen zijn geloot."), "paper_sample", slug=slug)


@role(*READERS)
def check(slug: str) -> ResponseReturnValue:
    """Keep what one person read again."""
    batch, sheet = whole("batch"), whole("sheet")
    try:
        sampling.check_sheet(engine(), slug, batch, sheet, typed_sheet(slug), my_name())
    except EngineError as problem:
        return _overview(slug, problem, asked=(batch, sheet))
    told = gettext("Stapel %(batch)s, vel %(sheet)s is gelezen.", batch=batch, sheet=sheet)
    return done(told, "paper_sample", slug=slug)


@role("participation_team")
@fresh("paper_sample")
def finish(slug: str) -> ResponseReturnValue:
    """Hold what was read again against what was counted."""
    try:
        sampling.finish_sample(engine(), slug, my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return done(gettext("De steekproef is klaar."), "paper_sample", slug=slug)
