"""Photographs with an idea: the step in which they are sent in, and where they are seen."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import InvalidIdea
from pb_engine.services import idea_drafts as drafts
from pb_engine.services import pictures as service
from pb_engine.services.round_picture import round_picture
from web.access import anyone
from web.base import engine
from web.errors import field_mistakes
from web.forms.ideas import PHOTOS
from web.resident.idea_order import draft_code, open_page, place_of, step_address
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import throttled
from web.security import not_stored

_ROOM_AROUND = 64 * 1024
"""For what a request holds besides the file."""
_YEAR = 365 * 24 * 3600
_ALONE = "default-src 'none'; sandbox"


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    base = "/<slug>/ideeen/nieuw/fotos"
    limited = throttled(app, photos, lambda rates: rates.new_ideas, _was_taken_in)
    app.add_url_rule(base, "idea_photos", limited, methods=["GET", "POST"])
    app.add_url_rule(f"{base}/<picture>", "draft_photo", draft_photo)
    app.add_url_rule("/<slug>/foto/<picture>/<any(groot, klein):size>", "photo", photo)
    app.jinja_env.globals.update(photos_of=photos_of, picture_of_round=picture_of_round)

    # Before anything reads the form, since reading it is what the limit is for.
    @app.url_value_preprocessor
    def make_room(endpoint: str | None, _values: Mapping[str, str] | None) -> None:
        if endpoint == "idea_photos":
            request.max_content_length = service.LARGEST_FILE + _ROOM_AROUND


@anyone
def photos(slug: str) -> ResponseReturnValue:
    """Show the photographs of a draft, take one in, or take one away."""
    code = draft_code(slug)
    draft = drafts.open_draft(engine(), slug, code) if code else None
    if not code or not draft or draft.idea:
        return redirect(url_for("new_idea", slug=slug), 303)
    step = request.form.get("step", "")
    if request.method == "GET" or switched():
        return _page(slug, code, {}, 200)
    if step.startswith("remove-"):
        service.remove_from_draft(engine(), slug, code, step.removeprefix("remove-"))
        return redirect(url_for("idea_photos", slug=slug), 303)
    file = request.files.get("photo")
    sent = file.stream.read(service.LARGEST_FILE + 1) if file else b""
    if not sent and step == "add":
        return _page(slug, code, field_mistakes(InvalidIdea("", all="photo:photo_none:0")), 422)
    try:
        if sent:
            words = request.form.get("alternative", "")
            service.add_to_draft(engine(), slug, code, sent, words)
    except InvalidIdea as problem:
        return _page(slug, code, field_mistakes(problem), 422)
    return redirect(_next(slug, step), 303)


@anyone
def draft_photo(slug: str, picture: str) -> Response:
    """Send a small photograph of a draft to the browser that is writing it."""
    code = draft_code(slug)
    body = service.draft_picture_bytes(engine(), slug, code, picture) if code else None
    answer = _sent(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@anyone
def photo(slug: str, picture: str, size: str) -> Response:
    """Send a photograph that everybody may see."""
    answer = _sent(service.picture_bytes(engine(), slug, picture, small=size == "klein"))
    # What stands at this address never changes; a hidden one is no longer sent anew.
    answer.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return answer


def picture_of_round(slug: str) -> service.Picture | None:
    """Return the photograph of a round."""
    return round_picture(engine(), slug)


def photos_of(slug: str, idea: str) -> tuple[service.Picture, ...]:
    """Return the photographs of an idea that are shown."""
    return service.idea_pictures(engine(), slug, idea)


def _sent(body: bytes | None) -> Response:
    if body is None:
        abort(404)
    answer = Response(body, mimetype=service.MEDIA_TYPE)
    answer.headers["Content-Security-Policy"] = _ALONE
    answer.headers["Content-Disposition"] = 'inline; filename="foto.jpg"'
    return answer


def _next(slug: str, step: str) -> str:
    if step == "keep":
        return url_for("kept_idea", slug=slug)
    if step == "add":
        return url_for("idea_photos", slug=slug)
    return step_address(slug, place_of(PHOTOS).after)


def _page(slug: str, code: str, mistakes: Mapping[str, str], status: int) -> Response:
    page = open_page(slug)
    shown = show(
        "idea_photos.html.j2",
        page,
        status=status,
        mistakes=mistakes,
        typed={"alternative": request.form.get("alternative", "")},
        pictures=service.draft_pictures(engine(), slug, code),
        most=service.MOST_PICTURES,
        longest=service.LONGEST_ALTERNATIVE,
        megabytes=service.LARGEST_FILE // (1024 * 1024),
        place=place_of(PHOTOS),
        before=step_address(slug, place_of(PHOTOS).before),
    )
    return not_stored(shown)


def _was_taken_in(response: Response) -> bool:
    return response.status_code == 303 and request.form.get("step") == "add"  # noqa: PLR2004
