"""What anybody can check without log-in once a result is published: a tracker, and the promises."""

from __future__ import annotations

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import EngineError, MistypedCode
from pb_engine.services import pages, trackers
from web.access import anyone
from web.base import engine
from web.errors import sentence_of, status_of
from web.resident.promises import PROMISES, Promise
from web.resident.showing import show
from web.resident.site import switched
from web.security import not_stored


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/controleren", view_func=tracker, methods=["GET", "POST"])
    app.add_url_rule("/beloften", view_func=promises)


@anyone
def tracker(slug: str) -> ResponseReturnValue:
    """Show the choice that was published under a tracker."""
    typed = request.form.get("number", "")
    if request.method == "GET" or switched():
        return _shown(slug, typed)
    try:
        return _shown(slug, typed, trackers.find_choice(engine(), slug, typed))
    except MistypedCode as problem:
        return _shown(slug, typed, problem=problem)


@anyone
def promises() -> ResponseReturnValue:
    """Say which promise holds against whom."""
    return render_template("promises.html.j2", promises=PROMISES, promise_rows=_rows)


def _rows(promise: Promise) -> list[list[str]]:
    return [[gettext(cell) for cell in row] for row in promise.rows]


def _shown(
    slug: str,
    typed: str,
    answer: trackers.TrackerAnswer | None = None,
    problem: EngineError | None = None,
) -> Response:
    shown = show(
        "tracker.html.j2",
        pages.round_page(engine(), slug),
        status=status_of(problem) if problem else 200,
        answer=answer,
        typed={"number": typed},
        mistakes={"number": sentence_of(problem)} if problem else {},
        keeps="nagaan",
    )
    return not_stored(shown)
