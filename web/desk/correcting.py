"""Correcting a published result at the desk: counted again, adopted by another, published anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import correction
from pb_engine.services.correction_page import Correctable, CorrectionPage, correction_page
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import done, show


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    base = "/<slug>/tellen/corrigeren"
    app.add_url_rule(base, "correction", overview)
    app.add_url_rule(f"{base}/tellen", "begin_correction", begin, methods=post)
    app.add_url_rule(f"{base}/publiceren", "publish_correction", publish, methods=post)
    app.add_url_rule(f"{base}/intrekken", "drop_correction", drop, methods=post)
    app.jinja_env.globals.update(typed_total=typed_total)


@role("participation_team", "auditor", "commission_chair", "secretary")
def overview(slug: str) -> ResponseReturnValue:
    """Show the correction that waits, and the form to count again."""
    return _overview(slug)


def _overview(slug: str, **more: Any) -> ResponseReturnValue:
    page = correction_page(engine(), slug)
    return show("correction.html.j2", page=page, round=page.round, **more)


@role("participation_team")
@fresh("correction")
def begin(slug: str) -> ResponseReturnValue:
    """Count again, with the totals of paper that were typed otherwise."""
    page = correction_page(engine(), slug)
    try:
        numbers = _numbers(page, request.form)
        why = request.form.get("reason", "")
        correction.begin_correction(engine(), slug, why, numbers, my_name())
    except EngineError as problem:
        return _overview(slug, problem=problem, typed=request.form)
    told = gettext("Er is opnieuw geteld. Laat een collega de uitslag vaststellen.")
    return done(told, "correction", slug=slug)


@role("participation_team")
@fresh("correction")
def publish(slug: str) -> ResponseReturnValue:
    """Publish the correction that a colleague adopted."""
    try:
        correction.publish_correction(engine(), slug, my_name())
    except EngineError as problem:
        return _overview(slug, problem=problem)
    return done(gettext("De gecorrigeerde uitslag is gepubliceerd."), "count", slug=slug)


@role("participation_team")
@fresh("correction")
def drop(slug: str) -> ResponseReturnValue:
    """Throw away the correction that waits."""
    try:
        correction.drop_correction(engine(), slug, my_name())
    except EngineError as problem:
        return _overview(slug, problem=problem)
    told = gettext("De correctie is weg. De uitslag blijft zoals hij was.")
    return done(told, "count", slug=slug)


def _numbers(page: CorrectionPage, sent: Mapping[str, str]) -> dict[int, dict[str, int]]:
    """Return the batches of which anything was typed otherwise than it is, with all their lines."""
    found = {
        batch.batch: {
            line.key: _number(sent, batch, line.place, batch.numbers.get(line.key, 0))
            for line in page.lines
        }
        for batch in page.batches
    }
    before = {one.batch: one.numbers for one in page.batches}
    return {
        batch: told
        for batch, told in found.items()
        if any(number != before[batch].get(key, 0) for key, number in told.items())
    }


def _number(sent: Mapping[str, str], batch: Correctable, place: int, now: int) -> int:
    """Return what was typed; below 0, which the engine refuses, where it is no whole number."""
    typed = sent.get(_field(batch, place), str(now)).strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else -1  # noqa: PLR2004


def _field(batch: Correctable, place: int) -> str:
    return f"stapel{batch.batch}-regel{place}"


def typed_total(batch: Correctable, line: Any, typed: Mapping[str, str]) -> tuple[str, str]:
    """Return the name of the field for a line of a batch, and what stands in it."""
    name = _field(batch, line.place)
    return name, typed.get(name) or str(batch.numbers.get(line.key, 0))
