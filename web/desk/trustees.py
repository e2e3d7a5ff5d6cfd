"""Trustees at the desk: the public file of their ceremony, and the count that they bring back."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services.count_import import take_in_count
from pb_engine.services.trustees import name_trustees
from web.access import role
from web.base import engine
from web.desk import words
from web.desk.counting import show_count
from web.desk.login import fresh, my_name
from web.desk.rounds import show_round
from web.desk.showing import done, translated

LONGEST_WORDS = 200


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/sleutelbewaarders", "trustees", trustees, methods=["POST"])
    app.add_url_rule("/<slug>/tellen/inlezen", "take_in_count", take_in, methods=["POST"])


@role("participation_team")
@fresh("round")
def trustees(slug: str) -> ResponseReturnValue:
    """Take in the public file of a key ceremony."""
    try:
        name_trustees(engine(), slug, _sent("public_file"), my_name())
    except EngineError as problem:
        return show_round(slug, problem)
    sentence = gettext("De stembus gaat straks open met de sleutel van de sleutelbewaarders.")
    return done(sentence, "round", slug=slug)


@role("participation_team")
@fresh("count")
def take_in(slug: str) -> ResponseReturnValue:
    """Take in what the trustees counted."""
    spoken = request.form.get("words", "")[:LONGEST_WORDS]
    try:
        take_in_count(engine(), slug, _sent("count_file"), spoken, my_name())
    except EngineError as problem:
        return show_count(slug, problem)
    return done(translated(words.DONE["open_box"]), "count", slug=slug)


def _sent(name: str) -> bytes:
    file = request.files.get(name)
    return file.read() if file else b""
