"""The pages for residents: rounds, ideas, voting, results."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from pb_engine.engine import Engine
from web.base import finish, make_app
from web.resident import (
    box,
    checking,
    ideas,
    identity,
    questions,
    rounds,
    showing,
    site,
    tables,
    voting,
    wording,
)

TEMPLATES = Path(__file__).parent / "templates"


def create_resident_app(engine: Engine) -> Flask:
    """Return the application that residents see.

    :raises RuntimeError: an endpoint declares no access.
    """
    app, forms = make_app("resident", engine, TEMPLATES, part="resident", path="/")
    for part in (rounds, checking, ideas, identity, voting, questions, wording, tables):
        part.add(app)
    site.add(app, forms)
    box.add(app, forms)
    app.jinja_env.globals.update(
        here=showing.here,
        language_url=showing.language_url,
        translated=showing.translated,
        spoken=showing.spoken,
    )
    return finish(app, voting.enforce)
