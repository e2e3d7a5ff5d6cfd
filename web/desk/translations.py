"""Translating ideas at the desk: by hand, or with what a program elsewhere said."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError
from pb_engine.services import idea_translations as service
from pb_engine.services import pages
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show
from web.languages import OWN_NAMES, RIGHT_TO_LEFT


def add(app: Flask) -> None:
    """Register these pages."""
    rule = "/<slug>/ideeen/<idea_id>/vertaling/<into>"
    app.add_url_rule(rule, "translation", translation)
    app.add_url_rule(rule, "translate", translate, methods=["POST"])


@role("participation_team", "secretary")
def translation(slug: str, idea_id: str, into: str) -> ResponseReturnValue:
    """Show an idea beside its translation."""
    return _translation(slug, idea_id, into)


@role("participation_team", "secretary")
def translate(slug: str, idea_id: str, into: str) -> ResponseReturnValue:
    """Keep a translation; it is on the page of the idea at once."""
    sent = request.form
    bodies = {field: sent.get(field, "") for field in service.FIELDS}
    try:
        service.translate_idea(
            engine(),
            slug,
            idea_id,
            into,
            bodies,
            sent.get("origin", ""),
            my_name(),
            sent.get("seen", ""),
        )
    except EngineError as problem:
        return _translation(slug, idea_id, into, problem=problem, typed=sent)
    told = gettext("De vertaling is opgeslagen.")
    return done(told, "translation", slug=slug, idea_id=idea_id, into=into)


def _translation(slug: str, idea_id: str, into: str, **more: Any) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    offered = [one for one in page.round.languages if one != page.idea.language]
    if into not in offered:
        abort(404)
    said = service.translations_of(engine(), slug, idea_id, into)
    kept = {field: one.body for field, one in said.items()}
    kept["origin"] = "machine" if any(one.machine for one in said.values()) else "human"
    return show(
        "translation.html.j2",
        page=page,
        round=page.round,
        into=into,
        offered=[(one, OWN_NAMES[one]) for one in offered],
        rtl=into in RIGHT_TO_LEFT,
        seen=service.seen_of(said),
        meanwhile=isinstance(more.get("problem"), ConcurrentEdit),
        stored=kept,
        stale=[field for field, one in said.items() if one.stale],
        **{"typed": kept, **more},
    )
