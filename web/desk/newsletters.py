"""Newsletters at the desk: write one, look at it, send it to oneself, and once to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import newsletters as service
from web.access import role
from web.base import engine
from web.desk.login import my_address, my_name
from web.desk.showing import done, show
from web.forms.desk_review import seen_version
from web.languages import OWN_NAMES, RIGHT_TO_LEFT

_Texts = Mapping[str, tuple[str, str]]


def add(app: Flask) -> None:
    """Register these pages."""
    path, post = "/<slug>/nieuwsbrief", ["POST"]
    app.add_url_rule(path, "newsletters", overview)
    app.add_url_rule(f"{path}/schrijven", "write_newsletter", write, methods=post)
    app.add_url_rule(f"{path}/<item>", "newsletter", one)
    app.add_url_rule(f"{path}/<item>/bewaren", "change_newsletter", change, methods=post)
    app.add_url_rule(f"{path}/<item>/proef", "try_newsletter", try_, methods=post)
    app.add_url_rule(f"{path}/<item>/versturen", "send_newsletter", send, methods=post)


@role("participation_team", "secretary")
def overview(slug: str) -> ResponseReturnValue:
    """Show what was sent and what waits, and the form for a new letter."""
    return _overview(slug)


@role("participation_team", "secretary")
def write(slug: str) -> ResponseReturnValue:
    """Keep a new letter; nothing is sent yet."""
    try:
        made = service.write_newsletter(engine(), slug, _texts(), my_name())
    except EngineError as problem:
        return _overview(slug, problem=problem, typed=request.form)
    return done(gettext("De nieuwsbrief is bewaard."), "newsletter", slug=slug, item=made.id)


@role("participation_team", "secretary")
def one(slug: str, item: str) -> ResponseReturnValue:
    """Show a letter as residents get it, and what can still be done with it."""
    return _one(slug, item)


@role("participation_team", "secretary")
def change(slug: str, item: str) -> ResponseReturnValue:
    """Keep another text of a letter that was not sent."""
    version = seen_version(request.form)
    try:
        service.write_newsletter(engine(), slug, _texts(), my_name(), letter=item, version=version)
    except EngineError as problem:
        return _one(slug, item, problem=problem, typed=request.form)
    return done(gettext("De nieuwsbrief is bewaard."), "newsletter", slug=slug, item=item)


@role("participation_team", "secretary")
def try_(slug: str, item: str) -> ResponseReturnValue:
    """Send the letter to the official who asks, and to nobody else."""
    try:
        service.try_newsletter(engine(), slug, item, my_address(), my_name())
    except EngineError as problem:
        return _one(slug, item, problem=problem)
    told = gettext("U krijgt de nieuwsbrief op uw eigen e-mailadres.")
    return done(told, "newsletter", slug=slug, item=item)


@role("participation_team", "secretary")
def send(slug: str, item: str) -> ResponseReturnValue:
    """Send the letter to everybody who wants news, once."""
    version = seen_version(request.form)
    try:
        number = service.send_newsletter(engine(), slug, item, version, my_name())
    except EngineError as problem:
        return _one(slug, item, problem=problem)
    told = ngettext(
        "De nieuwsbrief gaat naar %(num)s adres.",
        "De nieuwsbrief gaat naar %(num)s adressen.",
        number,
    )
    return done(told, "newsletters", slug=slug)


def _texts() -> _Texts:
    sent = request.form
    return {
        language: (sent.get(f"subject_{language}", ""), sent.get(f"body_{language}", ""))
        for language in OWN_NAMES
    }


def _overview(slug: str, **more: Any) -> ResponseReturnValue:
    page = service.newsletters(engine(), slug)
    return show("newsletters.html.j2", page=page, round=page.round, **_languages(page), **more)


def _one(slug: str, item: str, **more: Any) -> ResponseReturnValue:
    page = service.newsletters(engine(), slug)
    letter = service.newsletter(engine(), slug, item)
    if letter is None:
        abort(404)
    typed = {
        f"{part}_{language}": text
        for language, both in letter.texts.items()
        for part, text in zip(("subject", "body"), both, strict=True)
    }
    return show(
        "newsletter.html.j2",
        page=page,
        round=page.round,
        letter=letter,
        seen=service.seen(page.round, letter),
        **{"typed": typed, **more},
        **_languages(page),
    )


def _languages(page: service.NewslettersPage) -> dict[str, Any]:
    return {
        "offered": [(one, OWN_NAMES[one]) for one in page.round.languages],
        "rtl": RIGHT_TO_LEFT,
        "longest": service.LONGEST_SUBJECT,
    }
