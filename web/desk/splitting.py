"""At the desk: what submitters say of a merger, and splitting an idea into two."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError, InvalidIdea
from pb_engine.services import consents, pages, splitting
from pb_engine.services.splitting import Part
from web import words
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show
from web.errors import field_mistakes
from web.forms.desk_review import seen_version
from web.forms.money import cents, typed_money


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/ideeen/<idea_id>/toestemming", "consent", consent, methods=["POST"])
    app.add_url_rule("/<slug>/ideeen/<idea_id>/splitsen", "split", split, methods=["GET", "POST"])
    app.jinja_env.globals.update(consent_words=words.CONSENTS)


@role("participation_team", "commission_member")
def consent(slug: str, idea_id: str) -> ResponseReturnValue:
    """Write down what a submitter said at the desk."""
    agreed = request.form.get("answer") == "yes"
    asked = request.form.get("consent", "")
    consents.record_consent(engine(), slug, asked, my_name(), agreed=agreed)
    return done(gettext("Het antwoord is opgeslagen."), "idea", slug=slug, idea_id=idea_id)


@role("commission_member")
def split(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show the form with the two parts, or split the idea."""
    if request.method == "GET":
        return _page(slug, idea_id)
    first, second = (_part(number) for number in "12")
    agreed, version = request.form.get("agreed") == "ja", seen_version(request.form)
    try:
        new = splitting.split_idea(
            engine(), slug, idea_id, (first, second), version, my_name(), agreed=agreed
        )
    except InvalidIdea as problem:
        return _page(slug, idea_id, problem, field_mistakes(problem))
    except EngineError as problem:
        return _page(slug, idea_id, problem)
    told = gettext("Het idee is gesplitst. Het tweede deel heeft nummer %(number)s.")
    return done(told % {"number": new.number}, "idea", slug=slug, idea_id=idea_id)


def _part(number: str) -> Part:
    typed = request.form
    return Part(
        typed.get(f"title_{number}", ""),
        typed.get(f"description_{number}", ""),
        cents(typed.get(f"cost_{number}", "")),
    )


def _page(
    slug: str,
    idea_id: str,
    problem: EngineError | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    return show(
        "split.html.j2",
        page=page,
        round=page.round,
        changed_meanwhile=isinstance(problem, ConcurrentEdit),
        problem=problem,
        mistakes=mistakes,
        typed=request.form if request.method == "POST" else _typed(page),
    )


def _typed(page: pages.IdeaPage) -> dict[str, str]:
    idea = page.idea
    return {
        **{f"title_{number}": idea.title for number in "12"},
        **{f"description_{number}": idea.description for number in "12"},
        "cost_1": typed_money(idea.cost_cents),
    }
