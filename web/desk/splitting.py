"""At the desk: what submitters say of a merger or a split, and splitting an idea into two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError, InvalidIdea, InvalidReview
from pb_engine.services import consents, split_consents, splitting
from pb_engine.services.split_consents import Part, Said, SplitPage
from web import words
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show
from web.desk.words import CONSENT_WAYS
from web.errors import field_mistakes, sentence_of
from web.forms.desk_progress import day_of
from web.forms.desk_review import seen_version
from web.forms.money import cents, typed_money

_FIELDS = {"consent_way": "way", "consent_day": "on", "consent_words": "words"}


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/ideeen/<idea_id>/toestemming", "consent", consent, methods=["POST"])
    rule = "/<slug>/ideeen/<idea_id>/splitsen"
    app.add_url_rule(rule, "split", split, methods=["GET", "POST"])
    app.add_url_rule(f"{rule}/antwoord", "split_consent", said, methods=["POST"])
    app.jinja_env.globals.update(consent_words=words.CONSENTS, consent_ways=CONSENT_WAYS)


@role("participation_team", "commission_member")
def consent(slug: str, idea_id: str) -> ResponseReturnValue:
    """Write down what a submitter said at the desk."""
    agreed = request.form.get("answer") == "yes"
    asked = request.form.get("consent", "")
    consents.record_consent(engine(), slug, asked, my_name(), agreed=agreed)
    return done(gettext("Het antwoord is opgeslagen."), "idea", slug=slug, idea_id=idea_id)


@role("commission_member")
def split(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show how far the splitting is, ask the submitters, or split the idea."""
    if request.method == "GET":
        return _page(slug, idea_id)
    version = seen_version(request.form)
    try:
        if request.form.get("do") == "split":
            new = splitting.split_idea(engine(), slug, idea_id, version, my_name())
            told = gettext("Het idee is gesplitst. Het tweede deel heeft nummer %(number)s.")
            return done(told % {"number": new.number}, "idea", slug=slug, idea_id=idea_id)
        parts = _part("1"), _part("2")
        asked = split_consents.propose_split(engine(), slug, idea_id, parts, version, my_name())
    except InvalidIdea as problem:
        return _page(slug, idea_id, problem, field_mistakes(problem))
    except EngineError as problem:
        return _page(slug, idea_id, problem)
    told = ngettext("%(num)s indiener is gevraagd.", "%(num)s indieners zijn gevraagd.", asked)
    return done(told, "split", slug=slug, idea_id=idea_id)


@role("commission_member")
def said(slug: str, idea_id: str) -> ResponseReturnValue:
    """Write down what a submitter said of a split: what, when, how, and in which words."""
    sent = request.form
    place = sent.get("place", "")
    answer = Said(
        agreed=sent.get("answer") == "yes",
        way=sent.get(f"way-{place}", ""),
        said_on=_day(sent.get(f"on-{place}", "")),
        words=sent.get(f"words-{place}", ""),
    )
    asked = sent.get("consent", "")
    try:
        split_consents.record_split_consent(engine(), slug, asked, answer, my_name())
    except InvalidReview as problem:
        field = _FIELDS.get(str(problem.details.get("problem")), "words")
        return _page(slug, idea_id, problem, {f"{field}-{place}": sentence_of(problem)})
    except EngineError as problem:
        return _page(slug, idea_id, problem)
    return done(gettext("Het antwoord is opgeslagen."), "split", slug=slug, idea_id=idea_id)


def _day(typed: str) -> date | None:
    try:
        return day_of(typed)
    except ValueError:
        return None


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
    page = split_consents.split_page(engine(), slug, idea_id)
    sent = request.form if request.method == "POST" else {}
    return show(
        "split.html.j2",
        page=page,
        round=page.round,
        open=page.idea.state in split_consents.SPLITTABLE,
        changed_meanwhile=isinstance(problem, ConcurrentEdit),
        problem=problem,
        mistakes=mistakes,
        typed={**_typed(page), **sent},
    )


def _typed(page: SplitPage) -> dict[str, str]:
    idea = page.idea
    if page.proposal is None:
        return {
            **{f"title_{number}": idea.title for number in "12"},
            **{f"description_{number}": idea.description for number in "12"},
            "cost_1": typed_money(idea.cost_cents),
        }
    typed = {}
    for number, part in zip("12", page.proposal.parts, strict=True):
        typed[f"title_{number}"] = part.title
        typed[f"description_{number}"] = part.description
        typed[f"cost_{number}"] = typed_money(part.cost_cents or 0)
    return typed
