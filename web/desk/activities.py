"""The activity log of a round at the desk: what was done, with how many, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import activities as service
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.sent_files import make_room, sent_file
from web.desk.showing import done, show, translated
from web.desk.spreadsheet import sheet
from web.desk.words import ACTIVITIES
from web.errors import field_mistakes
from web.forms.activity import read_activity
from web.texts import day_short, number

_FIELDS = {"photo": "file"}
_ENDINGS = {service.PDF: "pdf", "image/jpeg": "jpg"}


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/<slug>/activiteiten", "activities", overview)
    app.add_url_rule("/<slug>/activiteiten.csv", "activities_file", file)
    app.add_url_rule("/<slug>/activiteiten/noteren", "add_activity", add_one, methods=post)
    app.add_url_rule(
        "/<slug>/activiteiten/<activity>/weghalen", "remove_activity", remove, methods=post
    )
    app.add_url_rule("/<slug>/activiteiten/<activity>/bijlage", "activity_file", attachment)
    app.jinja_env.globals.update(activity_options=activity_options, activity_rows=activity_rows)
    make_room(app, "add_activity")


@role("participation_team", "commission_member", "auditor", "secretary", "district_coach")
def overview(slug: str) -> ResponseReturnValue:
    """Show what was done so far, and the form to note more."""
    return _overview(slug)


def _overview(slug: str, **more: Any) -> ResponseReturnValue:
    round_, noted = service.activities_of(engine(), slug)
    return show("activities.html.j2", round=round_, noted=noted, **more)


@role("participation_team", "commission_member", "secretary", "district_coach")
def add_one(slug: str) -> ResponseReturnValue:
    """Note an activity."""
    told = read_activity(request.form, sent_file("file"))
    try:
        service.add_activity(engine(), slug, told, my_name())
    except InvalidIdea as problem:
        wrong = {_FIELDS.get(name, name): told for name, told in field_mistakes(problem).items()}
        return _overview(slug, problem=problem, mistakes=wrong, typed=request.form)
    except EngineError as problem:
        return _overview(slug, problem=problem, typed=request.form)
    return done(gettext("De activiteit staat in de lijst."), "activities", slug=slug)


@role("participation_team", "commission_member", "secretary", "district_coach")
def remove(slug: str, activity: str) -> ResponseReturnValue:
    """Take an activity out of the list."""
    if not service.remove_activity(engine(), slug, activity, my_name()):
        abort(404)
    return done(gettext("De activiteit is weg."), "activities", slug=slug)


@role("participation_team", "commission_member", "auditor", "secretary", "district_coach")
def attachment(slug: str, activity: str) -> ResponseReturnValue:
    """Send the file with an activity; a browser keeps it and never runs it."""
    found = service.activity_file(engine(), slug, activity)
    if found is None:
        abort(404)
    media_type, body = found
    answer = Response(body, mimetype=media_type)
    name = f"bijlage.{_ENDINGS[media_type]}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@role("participation_team", "commission_member", "auditor", "secretary", "district_coach")
def file(slug: str) -> ResponseReturnValue:
    """Send the list as a file for a spreadsheet."""
    _, noted = service.activities_of(engine(), slug)
    rows = [
        (one.day.isoformat(), one.kind, one.place, _people(one, ""), one.result) for one in noted
    ]
    return sheet("activiteiten.csv", ("day", "kind", "place", "people", "result"), rows)


def activity_options() -> list[tuple[str, str]]:
    """Return the kinds that can be chosen, in words."""
    return [("", gettext("Kies wat het was")), *_kinds().items()]


def _kinds() -> Mapping[str, str]:
    return {kind: translated(told) for kind, told in ACTIVITIES.items()}


def activity_rows(
    slug: str, noted: tuple[service.Activity, ...], own_words: Any, removing: Any
) -> list[list[str | Markup]]:
    """Return a row per activity; ``removing`` makes the button that takes one out."""
    kinds = _kinds()
    return [
        [
            day_short(one.day),
            kinds[one.kind],
            own_words(one.place),
            _people(one, "–"),
            own_words(one.result),
            _link(slug, one),
            *([removing(one)] if removing else []),
        ]
        for one in noted
    ]


def _people(one: service.Activity, none: str) -> str:
    return none if one.people is None else number(one.people) if none else str(one.people)


def _link(slug: str, one: service.Activity) -> str | Markup:
    if not one.attachment:
        return "–"
    there = url_for("activity_file", slug=slug, activity=one.id)
    return Markup('<a href="{}">{}</a>').format(there, _ENDINGS[one.attachment].upper())
