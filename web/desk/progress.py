"""After the result: how it goes with each funded idea, and what is due to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import progress, rounds
from pb_engine.services.progress import WorkCard, WorksPage
from web import words
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.sent_files import make_room, sent_file
from web.desk.showing import done, show, translated
from web.error_texts import FIELD_MISTAKES
from web.errors import field_mistakes, filled
from web.forms.desk_delivery import shown_milestones
from web.forms.desk_progress import read_progress
from web.forms.desk_review import seen_version
from web.texts import day_short, money

Cell = str | Markup
Macro = Callable[..., Markup]


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/<slug>/voortgang", "works", overview)
    app.add_url_rule("/<slug>/voortgang/<idea_id>", "work", one)
    app.add_url_rule("/<slug>/voortgang/<idea_id>", "tell_progress", tell, methods=post)
    app.add_url_rule(
        "/<slug>/voortgang/<idea_id>/weghalen", "take_back_update", take_back, methods=post
    )
    make_room(app, "tell_progress")
    app.jinja_env.globals.update(work_rows=work_rows, state_options=state_options)


@role(
    "participation_team",
    "commission_member",
    "auditor",
    "secretary",
    "district_coach",
    "idea_broker",
)
def overview(slug: str) -> ResponseReturnValue:
    """Show all funded ideas, and those of which residents should have heard by now."""
    stored = rounds.stored_round(engine(), slug)
    page = progress.works_page(engine(), slug) if stored.phase == "published" else None
    return show("works.html.j2", round=stored.round, page=page)


@role(
    "participation_team",
    "commission_member",
    "auditor",
    "secretary",
    "district_coach",
    "idea_broker",
)
def one(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show one funded idea, with the form to tell how it goes."""
    return show_work(slug, idea_id)


@role("participation_team", "district_coach")
def tell(slug: str, idea_id: str) -> ResponseReturnValue:
    """Keep how it goes, and tell residents."""
    told, readable = read_progress(request.form, sent_file("photo"))
    if not readable:
        wrong = {"ready_on": filled(FIELD_MISTAKES["not_a_day"], {})}
        return show_work(slug, idea_id, None, wrong, request.form)
    try:
        seen = seen_version(request.form)
        progress.tell_progress(engine(), slug, idea_id, told, seen, my_name())
    except InvalidIdea as problem:
        return show_work(slug, idea_id, problem, field_mistakes(problem), request.form)
    except EngineError as problem:
        return show_work(slug, idea_id, problem, typed=request.form)
    return done(gettext("Het staat nu op de site."), "work", slug=slug, idea_id=idea_id)


@role("participation_team", "district_coach")
def take_back(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take an update off the site."""
    try:
        update = request.form.get("update", "")
        progress.take_back_update(engine(), slug, idea_id, update, my_name())
    except EngineError as problem:
        return show_work(slug, idea_id, problem)
    return done(gettext("Het bericht is van de site gehaald."), "work", slug=slug, idea_id=idea_id)


def show_work(
    slug: str,
    idea_id: str,
    problem: EngineError | None = None,
    mistakes: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Show one funded idea; what somebody typed stands in its fields."""
    page, card = progress.work_page(engine(), slug, idea_id)
    return show(
        "work.html.j2",
        round=page.round,
        page=page,
        card=card,
        problem=problem,
        mistakes=mistakes,
        typed={**_typed(card), **shown_milestones(card.milestones), **(typed or {})},
    )


def _typed(card: WorkCard) -> dict[str, str]:
    """Return what is known, as somebody would have typed it."""
    work = card.work
    return {
        "state": str(work.state),
        "owner": work.owner,
        "ready_on": work.ready_on.isoformat() if work.ready_on else "",
    }


def state_options() -> list[tuple[str, str]]:
    """Return the states that can be chosen, in words."""
    return [(state, translated(told)) for state, (told, _) in words.WORK_STATES.items()]


def work_rows(page: WorksPage, tag: Macro, own_words: Macro) -> list[list[Cell]]:
    """Return per funded idea its state, its money, and when residents must hear again."""
    return [
        [
            Markup('<a href="{}">{}</a>').format(
                url_for("work", slug=page.round.slug, idea_id=card.work.idea),
                own_words(card.title),
            ),
            tag(*_state(card)),
            money(card.granted_cents),
            money(card.spent_cents),
            _due(card),
        ]
        for card in page.works
    ]


def _state(card: WorkCard) -> tuple[str, str]:
    told, colour = words.WORK_STATES[card.work.state]
    return translated(told), colour


def _due(card: WorkCard) -> str:
    if card.due is None:
        return "–"
    if card.overdue:
        return str(gettext("te laat: %(day)s", day=day_short(card.due)))
    return day_short(card.due)
