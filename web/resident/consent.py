"""What a submitter says of a proposal to merge or split ideas, by the link in a letter.

The link only shows the buttons: mail scanners open every link.
"""

from __future__ import annotations

from flask import Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidTicket
from pb_engine.services import consents, pages, split_consents
from web.access import anyone
from web.base import engine
from web.resident.showing import show
from web.resident.site import switched
from web.security import not_stored

_GONE = 410


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/samenvoegen/<sealed>", "may_merge", answer, methods=["GET", "POST"])
    app.add_url_rule("/splitsen/<sealed>", "may_split", split, methods=["GET", "POST"])


@anyone
def answer(sealed: str) -> ResponseReturnValue:
    """Show the question with its buttons, or keep the answer."""
    said = request.form.get("answer", "")
    try:
        if request.method == "POST" and not switched() and said in {"yes", "no"}:
            consents.answer_consent(engine(), sealed, agreed=said == "yes")
        asked = consents.asked_by_link(engine(), sealed)
    except InvalidTicket:
        return not_stored(make_response(render_template("consent_gone.html.j2"), _GONE))
    page = pages.idea_page(engine(), asked.round.slug, asked.going.id)
    return not_stored(show("consent.html.j2", page, asked=asked, sealed=sealed))


@anyone
def split(sealed: str) -> ResponseReturnValue:
    """Show the two parts with the buttons, or keep the answer."""
    said = request.form.get("answer", "")
    try:
        if request.method == "POST" and not switched() and said in {"yes", "no"}:
            split_consents.answer_split(engine(), sealed, agreed=said == "yes")
        asked = split_consents.asked_by_split_link(engine(), sealed)
    except InvalidTicket:
        return not_stored(make_response(render_template("consent_gone.html.j2"), _GONE))
    page = pages.idea_page(engine(), asked.round.slug, asked.idea.id)
    return not_stored(show("may_split.html.j2", page, asked=asked, sealed=sealed))
