"""The rules of a round: read them, amend them with a reason, look at the ballot paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import desk, rounds, rule_comments
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import done, show
from web.forms.desk import RulesForm, read


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/wijzigen", "rules", amend, methods=["GET", "POST"])
    app.add_url_rule("/<slug>/stembiljet", "paper", paper)


@role("participation_team")
@fresh("rules")
def amend(slug: str) -> ResponseReturnValue:
    """Show the rules as text, or change them with a reason."""
    if request.method == "GET":
        return _rules(slug, typed={"text": rounds.export_round(engine(), slug)})
    values, mistakes = read(RulesForm(), request.form)
    if mistakes:
        return _rules(slug, mistakes=mistakes, typed=request.form)
    frozen = int(values["frozen"]) if values["frozen"] else None
    try:
        rounds.amend_rules(engine(), slug, values["text"], values["reason"], my_name(), frozen)
    except EngineError as problem:
        return _rules(slug, problem=problem, typed=request.form)
    return done(
        gettext("De spelregels zijn gewijzigd. Iedereen ziet de reden."), "round", slug=slug
    )


def _rules(slug: str, **more: Any) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    said = rule_comments.rule_comments(engine(), slug)
    return show("rules.html.j2", page=page, round=page.round, said=said, **more)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of the ballot paper, or of the paper as it would be now."""

    number: int
    title: str
    cost_cents: int


@role("participation_team", "commission_member", "auditor", "secretary", "counter", "trustee")
def paper(slug: str) -> ResponseReturnValue:
    """Show the ballot paper; before voting opens, as it would be now."""
    page = desk.desk_round(engine(), slug)
    lines = _frozen(slug) if page.projects else _expected(slug)
    return show("paper.html.j2", page=page, round=page.round, lines=lines)


def _frozen(slug: str) -> list[PaperLine]:
    costs = {str(one.id): one.cost for one in desk.desk_round(engine(), slug).projects}
    return [
        PaperLine(idea.number, idea.title, costs[idea.id])
        for idea in desk.desk_ideas(engine(), slug)
        if idea.id in costs
    ]


def _expected(slug: str) -> list[PaperLine]:
    return [
        PaperLine(idea.number, idea.title, idea.price)
        for idea in desk.desk_ideas(engine(), slug)
        if idea.state == "feasible"
    ]
