"""The link of a draft by mail, for who goes on another day or on another device."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidIdea
from pb_engine.services import idea_drafts as drafts
from pb_engine.services import pages
from pb_engine.services.draft_mail import mail_draft
from web import texts
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes, status_of
from web.resident.idea_order import draft_code
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import led_on, throttled
from web.security import not_stored

MAILED = "gemaild"


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    limited = throttled(app, mail, lambda rates: rates.opinions, led_on)
    address = "/<slug>/ideeen/nieuw/bewaard/mail"
    app.add_url_rule(address, "mail_draft", limited, methods=["GET", "POST"])


@anyone
def mail(slug: str) -> ResponseReturnValue:
    """Send the link of the draft of this browser to an address."""
    code = draft_code(slug)
    if not code or request.method == "GET":
        return redirect(url_for("kept_idea", slug=slug), 303)
    if switched():
        return kept_page(slug, code, request.form)
    texts.speak(pages.round_page(engine(), slug).round.languages)
    try:
        mail_draft(engine(), slug, code, request.form.get("email", ""), texts.locale())
    except InvalidIdea as problem:
        return kept_page(slug, code, request.form, field_mistakes(problem), status_of(problem))
    return redirect(url_for("kept_idea", slug=slug) + f"?{MAILED}=ja", 303)


def kept_page(
    slug: str,
    code: str,
    typed: Mapping[str, str],
    mistakes: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Show the code of a draft, and the form that mails it."""
    shown = show(
        "idea_kept.html.j2",
        pages.round_page(engine(), slug),
        status=status,
        typed=typed,
        mistakes=mistakes,
        code=code,
        days=drafts.DRAFT_DAYS,
        mailed=MAILED in request.args,
        keeps="mailen",
    )
    return not_stored(shown)
