"""Paper at the desk: batches, two who read, a third who decides, and into the box."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import placards
from pb_engine.services.paper import (
    accepting,
    comparing,
    pages,
    reading,
    stacks,
    surplus,
    totals,
    totals_opening,
)
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.paper_typing import DEFECTS, LETTERS, typed_sheet, whole
from web.desk.showing import done, show

READERS = ("participation_team", "commission_member", "desk_officer", "counter")
KEEPERS = ("participation_team", "desk_officer")


def add(app: Flask) -> None:
    """Register these pages."""
    base = "/<slug>/papier"
    one = f"{base}/<int:batch>"
    app.add_url_rule(base, "papers", overview)
    app.add_url_rule(f"{base}/stapel", "paper_open", open_batch, methods=["POST"])
    app.add_url_rule(f"{base}/verschil", "paper_surplus", explain, methods=["POST"])
    app.add_url_rule(one, "paper_batch", batch_page)
    app.add_url_rule(f"{one}/lezen/<int:hand>", "paper_read", read)
    app.add_url_rule(f"{one}/lezen/<int:hand>", "paper_enter", enter, methods=["POST"])
    app.add_url_rule(f"{one}/klaar/<int:hand>", "paper_finish", finish, methods=["POST"])
    app.add_url_rule(f"{one}/opnieuw/<int:hand>", "paper_restart", restart, methods=["POST"])
    app.add_url_rule(f"{one}/natellen", "paper_recount", recount, methods=["POST"])
    app.add_url_rule(f"{one}/verschillen", "paper_compare", compare)
    app.add_url_rule(f"{one}/verschillen", "paper_decide", decide, methods=["POST"])
    app.add_url_rule(f"{one}/erin", "paper_accept", accept, methods=["POST"])
    app.add_url_rule(f"{one}/weglaten", "paper_leave", leave, methods=["POST"])
    app.jinja_env.globals.update(defect_words=DEFECTS, defect_letters=LETTERS)


@role(*READERS, "auditor")
def overview(slug: str) -> ResponseReturnValue:
    """Show all batches, and what was handed in against what was handed out."""
    return show_papers(slug)


def show_papers(slug: str, problem: EngineError | None = None) -> ResponseReturnValue:
    """Show all batches, with what went wrong."""
    page = pages.paper_page(engine(), slug, my_name())
    return show("papers.html.j2", page=page, round=page.round, problem=problem, typed=request.form)


@role(*KEEPERS)
def open_batch(slug: str) -> ResponseReturnValue:
    """Take in a batch."""
    try:
        opened = totals_opening.open_totals if "totals" in request.form else stacks.open_batch
        number = opened(engine(), slug, whole("sheets"), my_name())
    except EngineError as problem:
        return show_papers(slug, problem)
    told = gettext("Dit is stapel %(number)s. Schrijf dat nummer erop.", number=number)
    return done(told, "paper_batch", slug=slug, batch=number)


@role("participation_team")
@fresh("papers")
def explain(slug: str) -> ResponseReturnValue:
    """Publish why there are more sheets than voting rights on paper."""
    try:
        surplus.explain_surplus(engine(), slug, request.form.get("reason", ""), my_name())
    except EngineError as problem:
        return show_papers(slug, problem)
    return done(gettext("Uw uitleg komt bij de uitslag te staan."), "papers", slug=slug)


@role(*READERS, "auditor")
def batch_page(slug: str, batch: int) -> ResponseReturnValue:
    """Show how far one batch is."""
    return show_batch(slug, batch)


def show_batch(slug: str, batch: int, problem: EngineError | None = None) -> ResponseReturnValue:
    """Show how far one batch is, with what went wrong."""
    page = pages.paper_page(engine(), slug, my_name())
    found = pages.batch_of(page, batch)
    more: dict[str, Any] = {"problem": problem, "typed": request.form}
    return show("paper_batch.html.j2", page=page, round=page.round, batch=found, **more)


def _take(slug: str, batch: int, told: str, step: Callable[[], object]) -> ResponseReturnValue:
    try:
        step()
    except EngineError as problem:
        return show_batch(slug, batch, problem)
    return done(told, "paper_batch", slug=slug, batch=batch)


@role(*READERS)
def read(slug: str, batch: int, hand: int) -> ResponseReturnValue:
    """Show the form for the next sheet, or for the one that is asked for."""
    wanted = request.args.get("vel", "")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 7 else 0  # noqa: PLR2004
    return _form(slug, batch, hand, number or pages.next_to_enter(engine(), slug, batch, hand))


def _form(
    slug: str,
    batch: int,
    hand: int,
    sheet: int | None,
    problem: EngineError | None = None,
    **more: Any,
) -> ResponseReturnValue:
    page = pages.paper_page(engine(), slug, my_name())
    found = pages.batch_of(page, batch)
    state = next((one for one in found.readings if one.hand == hand), None)
    paper = placards.ballot_page(engine(), slug)
    return show(
        "paper_read.html.j2",
        page=page,
        round=page.round,
        batch=found,
        reading=state,
        hand=hand,
        sheet=sheet,
        paper=paper,
        problem=problem,
        **{"last": None, "found": None, **more},
    )


@role(*READERS)
def enter(slug: str, batch: int, hand: int) -> ResponseReturnValue:
    """Keep one sheet and show the form for the next one, without a redirect.

    Sending the same page again enters the same sheet again, so that reloading harms nothing.
    """
    sheet = whole("sheet")
    try:
        found = typed_sheet(slug)
        following = reading.enter_sheet(engine(), slug, batch, hand, sheet, found, my_name())
    except EngineError as problem:
        return _form(slug, batch, hand, sheet, problem, typed=request.form)
    return _form(slug, batch, hand, following, last=sheet, found=found)


@role(*READERS)
def finish(slug: str, batch: int, hand: int) -> ResponseReturnValue:
    """Say that one's reading is done."""
    told = gettext("U bent klaar met deze stapel.")
    return _take(
        slug, batch, told, lambda: reading.finish_reading(engine(), slug, batch, hand, my_name())
    )


@role(*KEEPERS)
@fresh("papers")
def restart(slug: str, batch: int, hand: int) -> ResponseReturnValue:
    """Erase a reading, so that somebody begins it anew."""
    why = request.form.get("reason", "")
    return _take(
        slug,
        batch,
        gettext("Dit is gewist. Iemand kan opnieuw beginnen."),
        lambda: reading.restart_reading(engine(), slug, batch, hand, why, my_name()),
    )


@role(*KEEPERS)
@fresh("papers")
def recount(slug: str, batch: int) -> ResponseReturnValue:
    """Correct how many sheets a batch has."""
    number, why = whole("sheets"), request.form.get("reason", "")
    return _take(
        slug,
        batch,
        gettext("Het aantal vellen is veranderd."),
        lambda: stacks.recount_batch(engine(), slug, batch, number, why, my_name()),
    )


@role(*READERS)
def compare(slug: str, batch: int) -> ResponseReturnValue:
    """Show the next sheet that a third person must look at."""
    return _differences(slug, batch)


def _differences(
    slug: str, batch: int, problem: EngineError | None = None, **more: Any
) -> ResponseReturnValue:
    page = pages.paper_page(engine(), slug, my_name())
    return show(
        "paper_compare.html.j2",
        page=page,
        round=page.round,
        batch=pages.batch_of(page, batch),
        paper=placards.ballot_page(engine(), slug),
        problem=problem,
        typed=request.form,
        **more,
    )


@role(*READERS)
def decide(slug: str, batch: int) -> ResponseReturnValue:
    """Keep what the third person read."""
    sheet, why = whole("sheet"), request.form.get("reason", "")
    try:
        found = typed_sheet(slug)
        comparing.decide_sheet(engine(), slug, batch, sheet, found, my_name(), why)
    except EngineError as problem:
        return _differences(slug, batch, problem, asked=sheet)
    told = gettext("Vel %(number)s is beslist.", number=sheet)
    return done(told, "paper_compare", slug=slug, batch=batch)


@role(*KEEPERS)
@fresh("papers")
def accept(slug: str, batch: int) -> ResponseReturnValue:
    """Put a batch that adds up into the box."""
    told, service = gettext("Deze stapel zit in de stembus."), accepting.accept_batch
    if pages.batch_of(pages.paper_page(engine(), slug, my_name()), batch).totals:
        told, service = gettext("De totalen van deze stapel liggen vast."), totals.accept_totals
    return _take(slug, batch, told, lambda: service(engine(), slug, batch, my_name()))


@role(*KEEPERS)
@fresh("papers")
def leave(slug: str, batch: int) -> ResponseReturnValue:
    """Propose to leave a batch out, or agree with that."""
    why = request.form.get("reason", "")
    agrees = request.form.get("agree") == "ja"
    service = accepting.leave_out if agrees else accepting.propose_leaving
    told = (
        gettext("Deze stapel telt niet mee. Dat komt bij de uitslag te staan.")
        if agrees
        else gettext("Een tweede medewerker moet dit nog goedkeuren.")
    )
    return _take(slug, batch, told, lambda: service(engine(), slug, batch, why, my_name()))
