"""An idea at the desk: judging it, keeping the answer of a body, merging it with another."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError, InvalidReview
from pb_engine.services import (
    assessing,
    bounces,
    consents,
    desk,
    pages,
    referrals,
    review,
    rounds,
    support,
)
from web.access import role
from web.base import engine
from web.desk.assessing import typed_judgements, typed_proposal
from web.desk.login import my_name
from web.desk.showing import done, show
from web.desk.two_versions import both, decided
from web.error_texts import FIELD_MISTAKES
from web.errors import filled, sentence_of
from web.forms.costs import line_mistakes, shown_rows, typed_lines
from web.forms.desk import MergeForm, read
from web.forms.desk_review import field_of, read_review, seen_version
from web.forms.money import typed_money

OPEN = frozenset({"submitted", "adapt", "feasible"})


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/ideeen/<idea_id>", "idea", one)
    app.add_url_rule("/<slug>/ideeen/<idea_id>/oordeel", "judge", judge, methods=["POST"])
    app.add_url_rule("/<slug>/ideeen/<idea_id>/antwoord", "reply", reply, methods=["POST"])
    app.add_url_rule("/<slug>/ideeen/<idea_id>/samenvoegen", "merge", merge, methods=["POST"])


@role(
    "participation_team",
    "commission_member",
    "secretary",
    "district_coach",
    "idea_broker",
    "moderator",
)
def one(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show one idea with the form to judge it."""
    return show_idea(slug, idea_id)


@role("commission_member")
def judge(slug: str, idea_id: str) -> ResponseReturnValue:
    """Store a judgement."""
    stored = rounds.stored_round(engine(), slug)
    numbers = [rule.number for rule in stored.round.criteria]
    filled_in, version = read_review(request.form, numbers), seen_version(request.form)
    wrong = {
        field: filled(FIELD_MISTAKES[mistake], {"limit": limit})
        for field, mistake, limit in line_mistakes(request.form)
        if filled_in.outcome == "pass"
    }
    if wrong:
        return show_idea(slug, idea_id, None, wrong)
    try:
        review.judge_idea(engine(), slug, idea_id, filled_in, version, my_name())
    except InvalidReview as problem:
        return show_idea(slug, idea_id, problem, {field_of(problem): sentence_of(problem)})
    except EngineError as problem:
        return show_idea(slug, idea_id, problem)
    return done(gettext("Het oordeel is opgeslagen."), "ideas", slug=slug)


@role("participation_team", "commission_member")
def reply(slug: str, idea_id: str) -> ResponseReturnValue:
    """Keep what a body answered about an idea that was passed on to it."""
    text, version = request.form.get("reply", ""), seen_version(request.form)
    try:
        referrals.register_reply(engine(), slug, idea_id, text, version, my_name())
    except InvalidReview as problem:
        return show_idea(slug, idea_id, problem, {"reply": sentence_of(problem)})
    except EngineError as problem:
        return show_idea(slug, idea_id, problem)
    told = gettext("Het antwoord staat op de website.")
    return done(told, "idea", slug=slug, idea_id=idea_id)


@role("commission_member")
def merge(slug: str, idea_id: str) -> ResponseReturnValue:
    """Merge this idea into another one."""
    values, mistakes = read(MergeForm(), request.form)
    if mistakes:
        return show_idea(slug, idea_id, None, mistakes)
    try:
        into, version = values["into"], seen_version(request.form)
        if request.form.get("what") == "ask":
            return _asked(slug, idea_id, into)
        kept = review.merge_ideas(engine(), slug, idea_id, into, version, my_name())
    except EngineError as problem:
        return show_idea(slug, idea_id, problem)
    told = gettext("De ideeën zijn samengevoegd. Alle indieners blijven indiener.")
    return done(told, "idea", slug=slug, idea_id=kept.id)


def _asked(slug: str, idea_id: str, into: str) -> ResponseReturnValue:
    number = consents.propose_merge(engine(), slug, idea_id, into, my_name())
    told = ngettext("%(num)s indiener is gevraagd.", "%(num)s indieners zijn gevraagd.", number)
    return done(told, "idea", slug=slug, idea_id=idea_id)


def show_idea(
    slug: str,
    idea_id: str,
    problem: EngineError | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Show an idea; after a mistake with what was typed, for the version that it has now."""
    page = pages.idea_page(engine(), slug, idea_id)
    found = assessing.assessed(engine(), slug, idea_id, my_name())
    others = [
        other
        for other in desk.desk_ideas(engine(), slug)
        if other.state in OPEN and other.id != page.idea.id
    ]
    typed = request.form if request.method == "POST" else _typed(page, found)
    return show(
        "idea.html.j2",
        page=page,
        round=page.round,
        others=others,
        found=found,
        asked=consents.asked_of(engine(), slug, idea_id),
        no_mail=bounces.unreached_of(engine(), page.idea),
        today=engine().today(),
        support=support.support_of(engine(), slug, idea_id),
        can_judge=page.phase in {"ideas", "review"},
        can_merge=page.idea.state in OPEN,
        changed_meanwhile=isinstance(problem, ConcurrentEdit),
        problem=problem,
        mistakes=mistakes,
        typed=typed,
        versions=_versions(page, problem),
        cost_rows=shown_rows(typed),
    )


def _versions(page: pages.IdeaPage, problem: EngineError | None) -> list[list[str]]:
    """Return what a colleague decided meanwhile beside what was typed here, where it differs."""
    given = page.idea.review
    if not isinstance(problem, ConcurrentEdit) or given is None or "outcome" not in request.form:
        return []
    return both(decided(given), request.form)


def _typed(page: pages.IdeaPage, found: assessing.Assessed) -> dict[str, str]:
    """Return the judgement that there is, or else is proposed, as somebody would have typed it."""
    given = page.idea.review
    lines = given.cost_lines if given else page.idea.cost_lines
    cost = {"final_cost": typed_money(page.idea.price), **typed_lines(lines)}
    if given and given.running_cents:
        cost |= {"running": typed_money(given.running_cents), "running_by": given.running_by}
    if given is None or found.open:
        return {**typed_proposal(found), **cost}
    return {
        "outcome": str(given.outcome),
        "reason": given.reason,
        "suggestion": given.suggestion,
        "referred_to": given.referred_to or "",
        **typed_judgements(given.judgements),
        **cost,
    }
