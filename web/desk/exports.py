"""Files for researchers, made from the published record."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from pb_engine.errors import EngineError
from pb_engine.services import desk, exports
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import show


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/uitvoer", "exports", overview)
    app.add_url_rule("/<slug>/uitvoer/maken", "export", make, methods=["POST"])


@role("participation_team", "researcher")
def overview(slug: str) -> ResponseReturnValue:
    """Show which files can be made."""
    return _overview(slug)


def _overview(slug: str, problem: EngineError | None = None) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    cards = exports.exporters_for(engine(), "research")
    return show("exports.html.j2", page=page, round=page.round, cards=cards, problem=problem)


@role("participation_team", "researcher")
@fresh("exports")
def make(slug: str) -> ResponseReturnValue:
    """Make one file and send it; the event log says who did."""
    name = request.form.get("exporter", "")
    if name not in {card.name for card in exports.exporters_for(engine(), "research")}:
        abort(404)
    try:
        file = exports.export(engine(), slug, name, my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    answer = Response(file.body, mimetype=file.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
