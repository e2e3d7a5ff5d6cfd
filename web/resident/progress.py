"""After the result: how it goes with the ideas that got money."""

from __future__ import annotations

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from pb_engine.services.idea_translations import titles_of
from pb_engine.services.progress import WorkCard, WorksPage, work_page, works_page
from web import words
from web.access import anyone
from web.base import engine
from web.resident import titles
from web.resident.showing import show
from web.texts import money


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/voortgang", "progress", overview)
    app.add_url_rule("/<slug>/voortgang/<idea_id>", "work", one)
    app.jinja_env.globals.update(
        left_of=left_of, left_in_all=left_in_all, work_states=words.WORK_STATES
    )


@anyone
def overview(slug: str) -> ResponseReturnValue:
    """Show how it goes with all of them, and thank who took part."""
    page = works_page(engine(), slug)
    titles.bring(titles_of(engine(), {one.work.idea: one.title for one in page.works}))
    return show("works.html.j2", page)


@anyone
def one(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show how it goes with one of them, and what was told."""
    page, card = work_page(engine(), slug, idea_id)
    titles.bring(titles_of(engine(), {card.work.idea: card.title}))
    return show("work.html.j2", page, card=card)


def left_of(card: WorkCard) -> str:
    """Say what an idea did not spend, or took beyond what it got."""
    if card.left_cents < 0:
        return str(gettext("%(amount)s meer dan gekregen", amount=money(-card.left_cents)))
    if not card.over:
        return str(gettext("nog %(amount)s", amount=money(card.left_cents)))
    if card.left_cents:
        return str(gettext("%(amount)s niet uitgegeven", amount=money(card.left_cents)))
    return str(gettext("niets"))


def left_in_all(page: WorksPage) -> int:
    """Return what ended works did not spend, in cents."""
    return sum(max(card.left_cents, 0) for card in page.works if card.over)
