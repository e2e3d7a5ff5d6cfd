"""The channel plan of a round at the desk: whom to reach, how, and whether it worked."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import channels as service
from web.access import role
from web.base import engine
from web.desk.login import my_name, require_in
from web.desk.showing import done, show
from web.errors import field_mistakes
from web.forms.channels import read_slots
from web.forms.desk_review import seen_version
from web.texts import say


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/<slug>/bereikplan", "channels", overview)
    app.add_url_rule("/<slug>/bereikplan/bewaren", "write_channels", write, methods=post)
    app.add_url_rule("/<slug>/bereikplan/overnemen", "take_over_channels", take_over, methods=post)


@role("participation_team", "commission_member", "auditor", "secretary", "district_coach")
def overview(slug: str) -> ResponseReturnValue:
    """Show the plan."""
    return _overview(slug)


def _overview(slug: str, **more: Any) -> ResponseReturnValue:
    page = service.channel_page(engine(), slug)
    typed = more.pop("slots", page.plan.slots)
    others = [(str(one.slug), say(one.name)) for one in page.others]
    return show(
        "channels.html.j2", round=page.round, plan=page.plan, slots=typed, others=others, **more
    )


@role("participation_team", "commission_member", "secretary", "district_coach")
def write(slug: str) -> ResponseReturnValue:
    """Keep the plan; what was typed stays on the page when it cannot be kept."""
    slots = read_slots(request.form)
    try:
        service.write_plan(engine(), slug, slots, seen_version(request.form), my_name())
    except InvalidIdea as problem:
        wrong = field_mistakes(problem)
        return _overview(slug, slots=slots, problem=problem, mistakes=wrong, typed=request.form)
    except EngineError as problem:
        return _overview(slug, slots=slots, problem=problem)
    return done(gettext("Het plan is bewaard."), "channels", slug=slug)


@role("participation_team", "commission_member", "secretary", "district_coach")
def take_over(slug: str) -> ResponseReturnValue:
    """Begin with the plan of another round, where the official may read it too."""
    source = request.form.get("source", "")[:60]
    require_in(source)
    try:
        service.take_over_plan(engine(), slug, source, my_name())
    except EngineError as problem:
        return _overview(slug, problem=problem)
    return done(gettext("Het plan is overgenomen. Pas het aan."), "channels", slug=slug)
