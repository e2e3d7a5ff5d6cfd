"""Rounds at the desk: the overview, one round, its steps, its seed, a new one."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import desk, phases, retention, round_drafts, round_examples, rounds
from pb_engine.services.round_files import check_plugins, read_round_text
from web.access import official, role
from web.base import engine
from web.desk import words
from web.desk.draft_words import draft_name
from web.desk.login import fresh, my_name, my_roles
from web.desk.showing import done, show, translated
from web.forms.desk import SeedForm, StepForm, read
from web.texts import say

BY_HAND = ("open_ideas", "start_review", "open_voting", "close_voting", "cancel")


def add(app: Flask) -> None:
    """Register these pages."""
    both = ["GET", "POST"]
    app.add_url_rule("/", "home", home)
    app.add_url_rule("/rondes/nieuw", "import_round", import_, methods=both)
    app.add_url_rule("/<slug>/", "round", one)
    app.add_url_rule("/<slug>/stap/<step>", "step", step_, methods=both)
    app.add_url_rule("/<slug>/lot", "seed", seed, methods=["POST"])


@official
def home() -> ResponseReturnValue:
    """Show every round of this official with what it waits for."""
    drafts = [(one, draft_name(one)) for one in round_drafts.all_drafts(engine())]
    mine = [one for one in desk.desk_overview(engine()) if my_roles(one.slug)]
    examples = [(one.key, say(one.name)) for one in round_examples.examples()]
    return show("home.html.j2", rounds=mine, drafts=drafts, examples=examples)


@official
def one(slug: str) -> ResponseReturnValue:
    """Show one round."""
    return show_round(slug)


def show_round(slug: str, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    """Show one round, with what went wrong."""
    page = desk.desk_round(engine(), slug)
    due = retention.due_in(engine(), slug)
    return show("round.html.j2", page=page, round=page.round, due=due, problem=problem, **more)


@role("participation_team")
@fresh("step")
def step_(slug: str, step: str) -> ResponseReturnValue:
    """Show what a step does, or take it."""
    page = desk.desk_round(engine(), slug)
    if step not in BY_HAND or (step not in page.next_steps and request.method == "GET"):
        abort(404)
    values, mistakes = read(StepForm(), request.form)
    problem = None
    if request.method == "POST" and not mistakes:
        try:
            phases.take_step(engine(), slug, step, my_name(), values["reason"])
        except EngineError as refusal:
            problem = refusal
        else:
            return done(translated(words.DONE[step]), "round", slug=slug)
    return show(
        "step.html.j2",
        page=page,
        round=page.round,
        step=step,
        problem=problem,
        mistakes=mistakes,
        typed=request.form,
    )


@role("participation_team")
@fresh("round")
def seed(slug: str) -> ResponseReturnValue:
    """Publish the seed of the lot."""
    values, mistakes = read(SeedForm(), request.form)
    if mistakes:
        return show_round(slug, mistakes=mistakes, typed=request.form)
    try:
        rounds.publish_seed(engine(), slug, values["seed"] or None, my_name())
    except EngineError as problem:
        return show_round(slug, problem, typed=request.form)
    return done(gettext("Het lot voor gelijke stand is gepubliceerd."), "round", slug=slug)


@role("participation_team")
def import_() -> ResponseReturnValue:
    """Show the form for a round file, or take it in as a draft."""
    if request.method == "GET":
        return show("import.html.j2")
    sent = request.files.get("file")
    raw = sent.read() if sent else b""
    try:
        round_ = read_round_text(raw, "bestand")
        check_plugins(engine(), round_, "bestand")
        rounds.add_round(engine(), round_, my_name())
    except EngineError as problem:
        return show("import.html.j2", problem=problem)
    return done(
        gettext("De ronde staat klaar. Bewoners zien haar nog niet open."),
        "round",
        slug=round_.slug,
    )
