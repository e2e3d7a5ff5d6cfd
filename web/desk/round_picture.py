"""The photograph of a round at the desk: give it one, or take it away."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import round_picture as service
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.rounds import show_round
from web.desk.sent_files import make_room, sent_file
from web.desk.showing import done
from web.errors import field_mistakes


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/foto", "set_round_picture", change, methods=["POST"])
    app.add_url_rule("/<slug>/foto/weghalen", "drop_round_picture", drop, methods=["POST"])
    app.jinja_env.globals.update(
        picture_of_round=lambda slug: service.round_picture(engine(), slug)
    )
    make_room(app, "set_round_picture")


@role("participation_team")
def change(slug: str) -> ResponseReturnValue:
    """Give a round a photograph."""
    words = request.form.get("alternative", "")
    try:
        service.set_round_picture(engine(), slug, sent_file("photo"), words, my_name())
    except InvalidIdea as problem:
        return show_round(slug, problem, mistakes=field_mistakes(problem), typed=request.form)
    except EngineError as problem:
        return show_round(slug, problem, typed=request.form)
    return done(gettext("De foto staat op de website."), "round", slug=slug)


@role("participation_team")
def drop(slug: str) -> ResponseReturnValue:
    """Take the photograph of a round away."""
    service.drop_round_picture(engine(), slug, my_name())
    return done(gettext("De foto is weg."), "round", slug=slug)
