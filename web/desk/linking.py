"""At the desk: ideas that exclude or need each other."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import linking
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show


def add(app: Flask) -> None:
    """Register these pages."""
    rule = "/<slug>/ideeen/<idea_id>/verbanden"
    app.add_url_rule(rule, "links", links)
    app.add_url_rule(rule, "link_ideas", link, methods=["POST"])
    app.add_url_rule(f"{rule}/weg", "unlink_ideas", unlink, methods=["POST"])


@role("participation_team", "commission_member")
def links(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show with which ideas this one hangs together, and the form for another one."""
    return _page(slug, idea_id)


@role("participation_team", "commission_member")
def link(slug: str, idea_id: str) -> ResponseReturnValue:
    """Keep that two ideas exclude or need each other."""
    sent = request.form
    kind, other, reason = (sent.get(name, "") for name in ("kind", "other", "reason"))
    try:
        linking.link_ideas(engine(), slug, idea_id, kind, other, reason, my_name())
    except EngineError as problem:
        return _page(slug, idea_id, problem)
    told = gettext("Het verband is bewaard. Iedereen kan het lezen.")
    return done(told, "links", slug=slug, idea_id=idea_id)


@role("participation_team", "commission_member")
def unlink(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take a link away."""
    try:
        linking.unlink_ideas(engine(), slug, request.form.get("link", ""), my_name())
    except EngineError as problem:
        return _page(slug, idea_id, problem)
    return done(gettext("Het verband is weg."), "links", slug=slug, idea_id=idea_id)


def _page(slug: str, idea_id: str, problem: EngineError | None = None) -> ResponseReturnValue:
    page = linking.links_page(engine(), slug, idea_id)
    return show(
        "links.html.j2",
        page=page,
        round=page.round,
        problem=problem,
        typed=request.form if request.method == "POST" else {},
    )
