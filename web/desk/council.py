"""A council decides otherwise than the count: noting it at the desk, and confirming it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import council as service
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import done, show, translated
from web.forms.desk_council import read_decision
from web.texts import N_, day, money

_ANSWERS = ("bevestigen", "weigeren")
STATES: Mapping[str, str] = MappingProxyType(
    {
        "proposed": N_("wacht op een tweede medewerker"),
        "agreed": N_("geldt"),
        "refused": N_("gaat niet door"),
    }
)


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/<slug>/besluiten", "council", overview)
    app.add_url_rule("/<slug>/besluiten/noteren", "note_decision", note, methods=post)
    app.add_url_rule(
        "/<slug>/besluiten/<int:number>/<answer>", "settle_decision", settle, methods=post
    )
    app.jinja_env.globals.update(
        decided_options=decided_options, decision_facts=decision_facts, project_options=options
    )


@role("participation_team", "auditor", "commission_chair", "secretary")
def overview(slug: str) -> ResponseReturnValue:
    """Show what was decided otherwise than counted, and the form to note more."""
    return _overview(slug)


def _overview(slug: str, **more: Any) -> ResponseReturnValue:
    page = service.council_page(engine(), slug)
    return show("council.html.j2", page=page, round=page.round, **more)


@role("participation_team", "secretary")
@fresh("council")
def note(slug: str) -> ResponseReturnValue:
    """Note a decision, for another official to confirm."""
    try:
        service.propose_decision(engine(), slug, read_decision(request.form), my_name())
    except EngineError as problem:
        return _overview(slug, problem=problem, typed=request.form)
    told = gettext("Het besluit is genoteerd. Een andere medewerker moet het bevestigen.")
    return done(told, "council", slug=slug)


@role("participation_team", "commission_chair", "secretary")
@fresh("council")
def settle(slug: str, number: int, answer: str) -> ResponseReturnValue:
    """Confirm a decision that a colleague noted, or refuse it."""
    if answer not in _ANSWERS:
        abort(404)
    agreed = answer == "bevestigen"
    try:
        service.settle_decision(engine(), slug, number, my_name(), agreed=agreed)
    except EngineError as problem:
        return _overview(slug, problem=problem)
    told = gettext("Het besluit geldt nu.") if agreed else gettext("Het besluit gaat niet door.")
    return done(told, "council", slug=slug)


def options(page: service.CouncilPage) -> list[tuple[str, str]]:
    """Return the projects that a decision can be about; the count stands behind each."""
    told = {True: gettext("kreeg geld"), False: gettext("kreeg geen geld")}
    return [
        ("", gettext("Kies een idee")),
        *((one.id, f"{one.title} ({told[one.id in page.counted]})") for one in page.projects),
    ]


def decided_options() -> list[tuple[str, str]]:
    """Return what can be decided about an idea."""
    return [("ja", gettext("Krijgt geld")), ("nee", gettext("Krijgt geen geld"))]


def decision_facts(one: service.CouncilDecision) -> list[tuple[str, str]]:
    """Return what stands in a decision, in words."""
    told = money(one.amount_cents) if one.funded else gettext("geen geld")
    return [
        (gettext("Krijgt"), told),
        (gettext("Besluit"), f"{one.reference}, {day(one.decided_on)}"),
        (gettext("Reden"), one.reason),
        (gettext("Stand"), translated(STATES[one.state])),
        (gettext("Genoteerd door"), one.proposed_by),
        (gettext("Bevestigd of geweigerd door"), one.settled_by),
    ]
