"""The plan of a funded idea at the desk: its steps, and what was spent."""

from __future__ import annotations

from flask import Flask, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import delivery
from pb_engine.services.progress import WorkCard
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.progress import Cell, Macro, show_work
from web.desk.showing import done, may
from web.errors import field_mistakes
from web.forms import desk_delivery
from web.forms.desk_review import seen_version
from web.texts import day_short, money


def add(app: Flask) -> None:
    """Register these pages."""
    post, work = ["POST"], "/<slug>/voortgang/<idea_id>"
    app.add_url_rule(f"{work}/uitgaven", "note_payment", note_payment, methods=post)
    app.add_url_rule(
        f"{work}/uitgaven/weghalen", "take_back_payment", take_back_payment, methods=post
    )
    app.add_url_rule(f"{work}/stappen", "set_milestones", set_milestones, methods=post)
    app.jinja_env.globals.update(
        milestone_rows=desk_delivery.rows_of, payment_rows=payment_rows, step_rows=step_rows
    )


@role("participation_team", "district_coach")
def note_payment(slug: str, idea_id: str) -> ResponseReturnValue:
    """Keep what was spent."""
    new = desk_delivery.read_payment(request.form)
    try:
        seen = seen_version(request.form)
        delivery.note_payment(engine(), slug, idea_id, new, seen, my_name())
    except InvalidIdea as problem:
        return show_work(slug, idea_id, problem, field_mistakes(problem), request.form)
    except EngineError as problem:
        return show_work(slug, idea_id, problem, typed=request.form)
    return done(gettext("De uitgave staat nu op de site."), "work", slug=slug, idea_id=idea_id)


@role("participation_team", "district_coach")
def take_back_payment(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take a payment out again."""
    try:
        payment = request.form.get("payment", "")
        delivery.take_back_payment(engine(), slug, idea_id, payment, my_name())
    except EngineError as problem:
        return show_work(slug, idea_id, problem)
    return done(gettext("De uitgave is weggehaald."), "work", slug=slug, idea_id=idea_id)


@role("participation_team", "district_coach")
def set_milestones(slug: str, idea_id: str) -> ResponseReturnValue:
    """Keep the steps of the work."""
    steps = desk_delivery.read_milestones(request.form)
    typed = desk_delivery.typed_milestones(request.form)
    try:
        seen = seen_version(request.form)
        delivery.set_milestones(engine(), slug, idea_id, steps, seen, my_name())
    except InvalidIdea as problem:
        return show_work(slug, idea_id, problem, field_mistakes(problem), typed)
    except EngineError as problem:
        return show_work(slug, idea_id, problem, typed=typed)
    return done(gettext("De stappen staan nu op de site."), "work", slug=slug, idea_id=idea_id)


def payment_rows(card: WorkCard, slug: str, button_form: Macro) -> list[list[Cell]]:
    """Return what was spent, day by day, with a button to take it out where that is allowed."""
    action = url_for("take_back_payment", slug=slug, idea_id=card.work.idea)
    allowed = may("take_back_payment")
    return [
        [
            *(one.what, day_short(one.paid_on), money(one.cents)),
            *(
                [button_form(gettext("Weghalen"), action, "quiet", {"payment": one.id})]
                if allowed
                else []
            ),
        ]
        for one in card.payments
    ]


def step_rows(card: WorkCard, tag: Macro) -> list[list[Cell]]:
    """Return the steps of the work, with when they were done or must be."""
    return [
        [
            one.name,
            day_short(one.due_on),
            day_short(one.done_on) if one.done_on else "–",
            tag(*_state(done=one.done_on is not None, late=one.name in card.late)),
        ]
        for one in card.milestones
    ]


def _state(*, done: bool, late: bool) -> tuple[str, str]:
    if done:
        return str(gettext("klaar")), "green"
    return (str(gettext("te laat")), "orange") if late else (str(gettext("nog niet")), "grey")
