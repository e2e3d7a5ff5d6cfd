"""Supporting an idea: for, against or no opinion, once per device."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from pb_engine.errors import InvalidIdea, WrongPhase
from pb_engine.services import pages
from pb_engine.services import support as service
from pb_engine.services.carrying import pack
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes, status_of
from web.resident import carried
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import led_on, throttled
from web.security import is_https, not_stored

DEVICE = "pb_apparaat"
"""The cookie by which one device counts once; it comes with the first support, never before."""
_LIFE = timedelta(days=180)


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    limited = throttled(app, support, lambda rates: rates.opinions, led_on)
    path = "/<slug>/ideeen/<idea_id>/steunen"
    app.add_url_rule(path, "support", limited, methods=["GET", "POST"])


@anyone
def support(slug: str, idea_id: str) -> ResponseReturnValue:
    """Ask what somebody thinks of an idea, or keep it."""
    if request.method == "GET" or switched():
        return _form(slug, idea_id, {})
    device = device_of(slug) or service.new_device()
    try:
        service.give_support(engine(), slug, idea_id, request.form.get("stance", ""), device)
    except InvalidIdea as problem:
        return _form(slug, idea_id, field_mistakes(problem), status_of(problem))
    there = url_for("idea", slug=slug, idea_id=idea_id, _anchor="steun")
    return _remember(redirect(there, 303), slug, device)


def device_of(slug: str) -> str | None:
    """Return the name of this device in a round, if it supported something before."""
    kept = carried.brought(DEVICE, slug, int(_LIFE.total_seconds()))
    return str(kept["device"]) if kept else None


def _remember(response: Response, slug: str, device: str) -> Response:
    response.set_cookie(
        DEVICE,
        pack(engine(), f"{DEVICE} {slug}", {"device": device}),
        max_age=_LIFE,
        path=f"/{slug}/ideeen",
        httponly=True,
        secure=is_https(engine().settings),
        samesite="Lax",
    )
    return response


def _form(
    slug: str, idea_id: str, mistakes: Mapping[str, str], status: int = 200
) -> ResponseReturnValue:
    page = pages.idea_page(engine(), slug, idea_id)
    given = service.support_of(engine(), slug, idea_id, device_of(slug))
    if given is None or not given.open:
        raise WrongPhase("ideas are not supported now", phase=page.phase, wanted="support")
    shown = show(
        "support.html.j2", page, status=status, mistakes=mistakes, support=given, keeps="steunen"
    )
    return not_stored(shown)
