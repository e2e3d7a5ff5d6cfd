"""Stories of residents at the desk: written down with consent, and taken back."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import stories as service
from pb_engine.services.pictures import MEDIA_TYPE
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.sent_files import make_room, sent_file
from web.desk.showing import done, show
from web.errors import field_mistakes
from web.forms.story import read_story


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/<slug>/verhalen", "stories", overview)
    app.add_url_rule("/<slug>/verhalen/opschrijven", "add_story", add_one, methods=post)
    app.add_url_rule("/<slug>/verhalen/<story>/foto", "story_photo", photo)
    app.add_url_rule(
        "/<slug>/verhalen/<story>/intrekken", "take_back_story", take_back, methods=post
    )
    make_room(app, "add_story")


@role("participation_team", "commission_member", "auditor", "secretary", "district_coach")
def overview(slug: str) -> ResponseReturnValue:
    """Show every story of the round, and the form for another one."""
    return _overview(slug)


def _overview(slug: str, **more: Any) -> ResponseReturnValue:
    page = service.stories_page(engine(), slug, hidden=True)
    return show("stories.html.j2", round=page.round, cards=page.cards, **more)


@role("participation_team", "commission_member", "secretary", "district_coach")
def add_one(slug: str) -> ResponseReturnValue:
    """Write a story down."""
    told = read_story(request.form, sent_file("photo"))
    try:
        service.add_story(engine(), slug, told, my_name())
    except InvalidIdea as problem:
        wrong = field_mistakes(problem)
        return _overview(slug, problem=problem, mistakes=wrong, typed=request.form)
    except EngineError as problem:
        return _overview(slug, problem=problem, typed=request.form)
    return done(gettext("Het verhaal is opgeschreven."), "stories", slug=slug)


@role("participation_team", "commission_member", "auditor", "secretary", "district_coach")
def photo(slug: str, story: str) -> ResponseReturnValue:
    """Send the photograph with a story to an official."""
    found = service.story_photo(engine(), slug, story, hidden=True)
    if found is None:
        abort(404)
    return Response(found, mimetype=MEDIA_TYPE)


@role("participation_team", "commission_member", "secretary", "district_coach")
def take_back(slug: str, story: str) -> ResponseReturnValue:
    """Follow somebody who takes their consent back."""
    try:
        part = request.form.get("part", "")[:20]
        if not service.take_back(engine(), slug, story, part, my_name()):
            abort(404)
    except EngineError as problem:
        return _overview(slug, problem=problem)
    return done(gettext("De toestemming is ingetrokken."), "stories", slug=slug)
