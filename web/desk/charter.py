"""The self-check of a round at the desk: seven features, an answer and a reason for each."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services.charter import (
    QUESTIONS,
    NewFinding,
    SelfCheck,
    answer_charter,
    self_check,
)
from web.access import role
from web.base import engine
from web.desk import words
from web.desk.login import my_name
from web.desk.showing import done, show, translated
from web.errors import field_mistakes
from web.forms.desk_review import seen_version


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/zelfcheck", "charter", page)
    app.add_url_rule("/<slug>/zelfcheck", "answer_charter", keep, methods=["POST"])
    app.jinja_env.globals.update(charter_questions=QUESTIONS, charter_answers=charter_answers)


@role("participation_team", "commission_member", "auditor", "researcher")
def page(slug: str) -> ResponseReturnValue:
    """Show the self-check, with what the engine can tell by itself."""
    return _page(slug)


@role("participation_team", "commission_member")
def keep(slug: str) -> ResponseReturnValue:
    """Keep the answers."""
    form = request.form
    typed = {
        str(one): NewFinding(form.get(f"answer_{one}", ""), form.get(f"text_{one}", ""))
        for one in QUESTIONS
    }
    try:
        answer_charter(engine(), slug, typed, seen_version(form), my_name())
    except InvalidIdea as problem:
        return _page(slug, problem, field_mistakes(problem))
    except EngineError as problem:
        return _page(slug, problem)
    return done(gettext("De antwoorden zijn bewaard."), "charter", slug=slug)


def _page(
    slug: str, problem: EngineError | None = None, mistakes: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    check = self_check(engine(), slug)
    return show(
        "charter.html.j2",
        round=check.round,
        check=check,
        problem=problem,
        mistakes=mistakes,
        typed=request.form if request.method == "POST" else _typed(check),
    )


def _typed(check: SelfCheck) -> dict[str, str]:
    return {
        f"{field}_{feature}": told
        for feature, finding in check.findings.items()
        for field, told in (("answer", str(finding.answer)), ("text", finding.text))
    }


def charter_answers() -> list[tuple[str, str]]:
    """Return the answers that can be given, in words."""
    return [(name, translated(told)) for name, told in words.CHARTER_ANSWERS.items()]
