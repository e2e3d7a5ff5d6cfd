"""Assessing an idea at the desk: each member alone, and none with an interest in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError, InvalidReview
from pb_engine.services import assessing, pages, rounds
from pb_engine.services.assessing import Assessed, Assessment, Proposal
from pb_engine.services.review import Judgement
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show
from web.errors import sentence_of
from web.forms.desk_review import field_of, read_assessment, seen_version


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/ideeen/<idea_id>/eigen-oordeel", "assessment", one)
    posts = (
        ("/<slug>/ideeen/<idea_id>/eigen-oordeel", "assess", assess),
        ("/<slug>/ideeen/<idea_id>/belang", "declare_interest", declare),
    )
    for path, endpoint, view in posts:
        app.add_url_rule(path, endpoint, view, methods=["POST"])


@role("participation_team", "commission_member")
def one(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show what the members find of an idea, with the form for one's own assessment."""
    return _page(slug, idea_id)


@role("commission_member")
def assess(slug: str, idea_id: str) -> ResponseReturnValue:
    """Keep an assessment."""
    numbers = [rule.number for rule in rounds.stored_round(engine(), slug).round.criteria]
    filled_in, version = read_assessment(request.form, numbers), seen_version(request.form)
    try:
        assessing.assess_idea(engine(), slug, idea_id, filled_in, version, my_name())
    except InvalidReview as problem:
        return _page(slug, idea_id, problem, {field_of(problem): sentence_of(problem)})
    except EngineError as problem:
        return _page(slug, idea_id, problem)
    told = gettext("Uw oordeel is opgeslagen.")
    return done(told, "assessment", slug=slug, idea_id=idea_id)


@role("commission_member")
def declare(slug: str, idea_id: str) -> ResponseReturnValue:
    """Keep that a member has an interest in this idea."""
    try:
        why = request.form.get("interest", "")
        assessing.declare_interest(engine(), slug, idea_id, why, my_name())
    except InvalidReview as problem:
        return _page(slug, idea_id, problem, {"interest": sentence_of(problem)})
    except EngineError as problem:
        return _page(slug, idea_id, problem)
    told = gettext("Opgeslagen. U beoordeelt dit idee niet.")
    return done(told, "assessment", slug=slug, idea_id=idea_id)


def _page(
    slug: str,
    idea_id: str,
    problem: EngineError | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    found = assessing.assessed(engine(), slug, idea_id, my_name())
    return show(
        "assessment.html.j2",
        page=page,
        round=page.round,
        found=found,
        changed_meanwhile=isinstance(problem, ConcurrentEdit),
        problem=problem,
        mistakes=mistakes,
        typed=request.form if request.method == "POST" else _typed(found.mine),
    )


def _typed(mine: Assessment | None) -> dict[str, str]:
    """Return an assessment as its member would have typed it."""
    if mine is None:
        return {}
    return {
        "outcome": str(mine.outcome),
        "suggestion": mine.suggestion,
        "note": mine.note,
        **typed_judgements(mine.judgements),
    }


def typed_judgements(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return colours and reasons as a form holds them."""
    given = tuple(judgements)
    return {
        **{f"colour-{one.criterion}": str(one.colour) for one in given},
        **{f"why-{one.criterion}": one.reason for one in given},
    }


def typed_proposal(found: Assessed) -> dict[str, str]:
    """Return the decision that the assessments propose, as somebody would have typed it."""
    proposed: Proposal | None = found.proposal
    if proposed is None:
        return {}
    return {
        "outcome": str(proposed.outcome or ""),
        "suggestion": proposed.suggestion,
        **typed_judgements(proposed.judgements),
    }
