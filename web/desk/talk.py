"""At the desk: comments to read, questions to answer, appeals to decide, ideas to take up."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import appeals, broker, moderation, pages
from web.access import Access, role
from web.base import engine
from web.desk.login import allows, my_name, require_in
from web.desk.showing import done, show
from web.errors import field_mistakes
from web.texts import say

TAKERS = Access("official", frozenset({"participation_team", "idea_broker"}))
"""Who may take an idea up again, in both rounds."""


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/reacties", "talk", list_)
    posts = (
        ("/<slug>/reacties/<comment_id>", "judge_comment", judge),
        ("/<slug>/reacties/<comment_id>/antwoord", "answer_question", answer),
        ("/<slug>/herziening/<appeal_id>", "decide_appeal", decide),
        ("/<slug>/ideeen/<idea_id>/opnieuw", "take_up", take_up),
    )
    for path, endpoint, view in posts:
        app.add_url_rule(path, endpoint, view, methods=["POST"])
    app.jinja_env.globals.update(rule_options=rule_options, take_up_options=take_up_options)


@role(
    "participation_team",
    "commission_member",
    "secretary",
    "district_coach",
    "idea_broker",
    "moderator",
)
def list_(slug: str) -> ResponseReturnValue:
    """Show what waits for somebody: comments, questions, appeals."""
    return _page(slug)


@role("participation_team", "moderator")
def judge(slug: str, comment_id: str) -> ResponseReturnValue:
    """Show a comment to residents, or hide it for a public rule."""
    hides = request.form.get("what") == "hide"
    rule = request.form.get(f"rule-{comment_id}", "") if hides else None
    try:
        moderation.judge_comment(engine(), slug, comment_id, rule, my_name())
    except EngineError as problem:
        return _page(slug, problem)
    told = gettext("De reactie is verborgen.") if hides else gettext("De reactie wordt getoond.")
    return done(told, "talk", slug=slug)


@role("participation_team", "secretary", "district_coach")
def answer(slug: str, comment_id: str) -> ResponseReturnValue:
    """Answer a question for the municipality."""
    text = request.form.get(f"answer-{comment_id}", "")
    try:
        moderation.answer_question(engine(), slug, comment_id, text, my_name())
    except InvalidIdea as problem:
        return _page(slug, problem, f"answer-{comment_id}")
    except EngineError as problem:
        return _page(slug, problem)
    return done(gettext("Het antwoord staat op de website."), "talk", slug=slug)


@role("commission_member")
def decide(slug: str, appeal_id: str) -> ResponseReturnValue:
    """Decide about a request to look at a judgement again."""
    decision = request.form.get("decision", "")
    text = request.form.get(f"appeal-{appeal_id}", "")
    try:
        appeals.decide_appeal(engine(), slug, appeal_id, decision, text, my_name())
    except InvalidIdea as problem:
        return _page(slug, problem, f"appeal-{appeal_id}")
    except EngineError as problem:
        return _page(slug, problem)
    return done(gettext("De beslissing staat op de website."), "talk", slug=slug)


@role(*TAKERS.roles)
def take_up(slug: str, idea_id: str) -> ResponseReturnValue:
    """Give an idea that did not make it another try in another round."""
    into, _, theme = request.form.get("into", "").partition(" ")
    agreed = request.form.get("agreed") == "ja"
    require_in(into)
    try:
        new = broker.take_up(
            engine(), slug, idea_id, into=into, theme=theme, agreed=agreed, by=my_name()
        )
    except EngineError as problem:
        return _page(slug, problem)
    told = gettext("Het idee doet opnieuw mee, met nummer %(number)s.", number=new.number)
    return done(told, "talk", slug=new.round)


def rule_options() -> list[tuple[str, str]]:
    """Return the public rules to choose from."""
    return [(name, say(text)) for name, text in moderation.HOUSE_RULES.items()]


def take_up_options(page: pages.IdeaPage) -> list[tuple[str, str]]:
    """Return each theme of each other round that takes ideas now."""
    if not broker.can_be_taken_up(page.idea):
        return []
    return [
        (f"{one.slug} {theme.id}", f"{say(one.name)}: {say(theme.name)}")
        for one in broker.rounds_for(engine(), page.round.slug)
        if allows(TAKERS, one.slug)
        for theme in one.submission.themes
    ]


def _page(
    slug: str, problem: EngineError | None = None, field: str | None = None
) -> ResponseReturnValue:
    found = moderation.moderating(engine(), slug)
    mistakes = {field: next(iter(field_mistakes(problem).values()))} if problem and field else None
    return show(
        "talk.html.j2",
        page=found,
        round=found.round,
        appeals=appeals.open_appeals(engine(), slug),
        problem=problem,
        mistakes=mistakes,
        typed=request.form if request.method == "POST" else {},
    )
