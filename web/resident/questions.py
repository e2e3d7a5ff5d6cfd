"""Surveys.  Their address lies outside the voting pages, so no voting cookie travels along."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidAnswers, MistypedCode
from pb_engine.services import pages, study_answers, surveys
from web.access import anyone
from web.base import engine
from web.errors import sentence_of, status_of
from web.resident.showing import show
from web.resident.site import switched
from web.security import not_stored

_PATH = "/<slug>/vragen/<any(after_ballot, after_idea):when>/<name>"


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule(_PATH, view_func=survey, methods=["GET", "POST"])
    app.add_url_rule(
        "/<slug>/vragen/weghalen", view_func=take_back_answers, methods=["GET", "POST"]
    )


@anyone
def survey(slug: str, when: str, name: str) -> ResponseReturnValue:
    """Show one survey, or take in its answers and say thanks."""
    page = pages.round_page(engine(), slug)
    found = [one for one in surveys.questionnaire_for(engine(), slug, when) if one.name == name]
    if not found:
        raise InvalidAnswers("this round does not ask this survey")
    typed = request.form.to_dict()
    if request.method == "GET" or switched():
        return _asked(page, found[0], when, typed, None)
    try:
        taken = surveys.take_answers(engine(), slug, when, name, typed)
    except InvalidAnswers as problem:
        return _asked(page, found[0], when, typed, problem)
    return not_stored(show("thanks.html.j2", page, taken=taken, when=when))


@anyone
def take_back_answers(slug: str) -> ResponseReturnValue:
    """Remove the answers that somebody gave, by the code from the page of thanks."""
    page = pages.round_page(engine(), slug)
    typed = request.form.to_dict()
    if request.method == "GET" or switched():
        return _taking_back(page, typed)
    try:
        removed = study_answers.withdraw(engine(), slug, typed.get("code", ""))
    except MistypedCode as problem:
        return _taking_back(page, typed, {"code": sentence_of(problem)}, status_of(problem))
    return _taking_back(page, {}, removed=removed)


def _taking_back(
    page: pages.RoundPage,
    typed: dict[str, str],
    mistakes: dict[str, str] | None = None,
    status: int = 200,
    *,
    removed: int | None = None,
) -> ResponseReturnValue:
    rendered = show(
        "take_back_answers.html.j2",
        page,
        status=status,
        typed=typed,
        mistakes=mistakes or {},
        removed=removed,
    )
    return not_stored(rendered)


def _asked(
    page: pages.RoundPage,
    shown: surveys.ShownSurvey,
    when: str,
    typed: dict[str, str],
    problem: InvalidAnswers | None,
) -> ResponseReturnValue:
    item = str(problem.details.get("item", "")) if problem else ""
    rendered = show(
        "survey.html.j2",
        page,
        status=status_of(problem) if problem else 200,
        survey=shown,
        when=when,
        typed=typed,
        mistakes={item: sentence_of(problem)} if problem else {},
        keeps="vragen",
    )
    return not_stored(rendered)
