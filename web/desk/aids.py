"""Helping an idea along at the desk: who of the team helps, and which place may be used."""

from __future__ import annotations

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import aids as service
from web.access import role
from web.base import engine
from web.desk.ideas import show_idea
from web.desk.login import my_name
from web.desk.showing import done, translated
from web.errors import field_mistakes
from web.words import AIDS


def add(app: Flask) -> None:
    """Register these pages."""
    base, post = "/<slug>/ideeen/<idea_id>/hulp", ["POST"]
    app.add_url_rule(base, "add_aid", add_one, methods=post)
    app.add_url_rule(f"{base}/<aid>/weg", "remove_aid", remove, methods=post)
    app.jinja_env.globals.update(
        aids_of=lambda slug, idea: service.aids_of(engine(), slug, idea),
        aid_options=lambda: [(kind, translated(told)) for kind, told in AIDS.items()],
        aid_words=AIDS,
    )


@role("participation_team", "idea_broker", "district_coach")
def add_one(slug: str, idea_id: str) -> ResponseReturnValue:
    """Say who helps, or which place may be used."""
    kind, name, detail = (request.form.get(one, "")[:1000] for one in ("kind", "name", "detail"))
    try:
        service.add_aid(engine(), slug, idea_id, kind, name, detail, my_name())
    except InvalidIdea as problem:
        return show_idea(slug, idea_id, problem=problem, mistakes=field_mistakes(problem))
    except EngineError as problem:
        return show_idea(slug, idea_id, problem=problem)
    return done(gettext("De hulp staat bij het idee."), "idea", slug=slug, idea_id=idea_id)


@role("participation_team", "idea_broker", "district_coach")
def remove(slug: str, idea_id: str, aid: str) -> ResponseReturnValue:
    """Take a helper or a place away."""
    if not service.remove_aid(engine(), slug, idea_id, aid, my_name()):
        abort(404)
    return done(gettext("De hulp is weggehaald."), "idea", slug=slug, idea_id=idea_id)
