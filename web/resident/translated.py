"""An idea in the language of the page, where somebody translated it."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services.idea_translations import FIELDS, translations_of
from pb_engine.services.pages import IdeaPage
from web import texts
from web.base import engine

ORIGINAL = "origineel"


def words_of(page: IdeaPage) -> dict[str, object]:
    """Return every field with its language, and what to say about who translated it."""
    texts.speak(page.round.languages, page.round.address)
    idea, here = page.idea, texts.locale()
    words: dict[str, object] = {
        field: (getattr(idea, field), idea.language or "nl") for field in FIELDS
    }
    found = translations_of(engine(), page.round.slug, idea.id, here)
    fresh = {field: one for field, one in found.items() if not one.stale}
    if here == idea.language or not fresh:
        return {**words, "note": None}
    slug = page.round.slug
    if ORIGINAL in request.args:
        note, link = gettext("U leest het origineel."), gettext("Lees de vertaling")
        return {
            **words,
            "note": note,
            "link": link,
            "other": url_for("idea", slug=slug, idea_id=idea.id),
        }
    machine = any(one.machine for one in fresh.values())
    note = (
        gettext("Dit idee is door een computer vertaald. Er kunnen fouten in staan.")
        if machine
        else gettext("Dit idee is vertaald.")
    )
    said = {field: (one.body, here) for field, one in fresh.items()}
    other = url_for("idea", slug=slug, idea_id=idea.id, origineel="ja")
    return {**words, **said, "note": note, "link": gettext("Lees het origineel"), "other": other}
