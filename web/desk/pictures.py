"""Photographs of ideas at the desk: off the pages for a public rule, or back on them."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services import pictures
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done


def add(app: Flask) -> None:
    """Register this page."""
    app.add_url_rule(
        "/<slug>/ideeen/<idea_id>/foto/<picture>", "judge_picture", judge, methods=["POST"]
    )
    app.jinja_env.globals.update(pictures_of=pictures_of)


@role("participation_team", "moderator")
def judge(slug: str, idea_id: str, picture: str) -> ResponseReturnValue:
    """Hide a photograph for a public rule, or show it again."""
    hides = request.form.get("what") == "hide"
    rule = request.form.get("rule", "") if hides else None
    pictures.judge_picture(engine(), slug, idea_id, picture, rule, my_name())
    told = gettext("De foto is verborgen.") if hides else gettext("De foto wordt getoond.")
    return done(told, "idea", slug=slug, idea_id=idea_id)


def pictures_of(slug: str, idea: str) -> tuple[pictures.Picture, ...]:
    """Return the photographs of an idea, hidden ones too."""
    return pictures.idea_pictures(engine(), slug, idea, hidden=True)
