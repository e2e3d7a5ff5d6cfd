"""Saying something of rules that lie open for comment."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidIdea, WrongPhase
from pb_engine.services import rule_comments
from pb_engine.services.rules_page import rules_page
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes, status_of
from web.forms.filled import Filled
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import led_on, throttled
from web.security import not_stored


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    limited = throttled(app, comment, lambda rates: rates.opinions, led_on)
    path = "/<slug>/regels/reactie"
    app.add_url_rule(path, "comment_on_rules", limited, methods=["GET", "POST"])


@anyone
def comment(slug: str) -> ResponseReturnValue:
    """Show the form, or take in what somebody says of the rules."""
    if request.method == "GET" or switched():
        return _form(slug, {})
    try:
        rule_comments.comment_on_rules(engine(), slug, request.form.get("body", ""))
    except InvalidIdea as problem:
        return _form(slug, field_mistakes(problem), status_of(problem))
    return redirect(url_for("rules", slug=slug, dank="ja"), 303)


def _form(slug: str, mistakes: Mapping[str, str], status: int = 200) -> ResponseReturnValue:
    page = rules_page(engine(), slug)
    if not page.lies_open:
        raise WrongPhase("no comments are taken now", phase=page.phase, wanted="comments")
    shown = show(
        "rule_comment.html.j2",
        page,
        status=status,
        mistakes=Filled(mistakes),
        typed=Filled(request.form.to_dict()),
        keeps="reactie",
    )
    return not_stored(shown)
