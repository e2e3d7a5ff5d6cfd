"""One idea: its page, and its address that never changes."""

from __future__ import annotations

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.services import appeals, comments, pages, support
from pb_engine.services.aids import aids_of
from pb_engine.services.idea_story import home_of, idea_story
from web.access import anyone
from web.base import engine
from web.resident.showing import show
from web.resident.support import device_of
from web.resident.translated import words_of
from web.words import AIDS


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/ideeen/<idea_id>", "idea", one)
    app.add_url_rule("/idee/<idea_id>", "any_idea", wherever)


@anyone
def one(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show one idea with its decision and what happened to it."""
    page = pages.idea_page(engine(), slug, idea_id)
    running = engine()
    return show(
        "idea.html.j2",
        page,
        words=words_of(page),
        aids=aids_of(running, slug, idea_id),
        aid_words=AIDS,
        story=idea_story(running, slug, idea_id),
        support=support.support_of(running, slug, idea_id, device_of(slug)),
        talk=comments.talk_of(running, slug, idea_id),
        appealing=appeals.appeals_of(running, slug, idea_id),
    )


@anyone
def wherever(idea_id: str) -> ResponseReturnValue:
    """Lead to an idea, in whatever round it stands."""
    return redirect(url_for("idea", slug=home_of(engine(), idea_id), idea_id=idea_id), 301)
