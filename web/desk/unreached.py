"""Who takes no mail: so that a letter goes instead, or mail again once the address is mended."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services import bounces as service
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show


def add(app: Flask) -> None:
    """Register these pages."""
    path = "/<slug>/onbereikbaar"
    app.add_url_rule(path, "unreached", overview)
    app.add_url_rule(f"{path}/<idea_id>", "mail_again", again, methods=["POST"])


@role("participation_team", "secretary")
def overview(slug: str) -> ResponseReturnValue:
    """Show the submitters who take no mail, and how many followers."""
    page = service.unreached(engine(), slug)
    return show("unreached.html.j2", page=page, round=page.round)


@role("participation_team", "secretary")
def again(slug: str, idea_id: str) -> ResponseReturnValue:
    """Let mail go to a submitter again."""
    typed = request.form.get("place", "")
    place = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else -1  # noqa: PLR2004
    changed = service.try_again(engine(), slug, idea_id, place, my_name())
    told = (
        gettext("Er gaat weer mail naar deze indiener.")
        if changed
        else gettext("Er ging al mail naar deze indiener.")
    )
    return done(told, "unreached", slug=slug)
