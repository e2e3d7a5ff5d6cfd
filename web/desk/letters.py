"""Letters at the desk: their texts, how they look, and a print run that is given once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request, send_file, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, NotReady
from pb_engine.services import desk
from pb_engine.services.letters import default_texts, making, sources, texts
from pb_engine.services.letters.desk_zip import zipped_letters
from pb_engine.services.rights import has_register
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import done, show
from web.forms.desk import MOST_CODES, LettersForm, read

_ONCE = "letters_once"


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/brieven", "letters", overview)
    app.add_url_rule("/<slug>/brieven/tekst", "letter_text", change, methods=["POST"])
    app.add_url_rule("/<slug>/brieven/voorbeeld.pdf", "letter_preview", preview)
    app.add_url_rule("/<slug>/brieven/maken", "make_letters", make, methods=["POST"])


def languages() -> Mapping[str, str]:
    """Return the languages of a letter, each by its own name."""
    return default_texts.LANGUAGES


@role("participation_team")
def overview(slug: str) -> ResponseReturnValue:
    """Show every text of the letters, and the form that makes them."""
    return _overview(slug)


def _overview(slug: str, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    session[_ONCE] = secrets.token_urlsafe(12)
    return show(
        "letters.html.j2",
        page=page,
        round=page.round,
        slots=texts.letter_texts(engine(), slug),
        names=texts.NAMES,
        rtl=default_texts.RIGHT_TO_LEFT,
        once=session[_ONCE],
        most=MOST_CODES,
        in_want=_in_want(slug),
        areas=[(area.id, area.name) for area in page.round.areas.areas],
        problem=problem,
        typed=request.form,
        **more,
    )


@role("participation_team")
def change(slug: str) -> ResponseReturnValue:
    """Keep another text, or go back to the built-in one."""
    slot, locale, body = (request.form.get(name, "") for name in ("slot", "locale", "body"))
    try:
        if request.form.get("back"):
            texts.reset_text(engine(), slug, slot, locale, my_name())
        else:
            texts.set_text(engine(), slug, slot, locale, body, my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return done(gettext("De tekst is bewaard. Bekijk het voorbeeld."), "letters", slug=slug)


@role("participation_team")
def preview(slug: str) -> ResponseReturnValue:
    """Send a letter to nobody, with PROEF across it."""
    large = request.args.get("groot") == "ja"
    try:
        made = making.preview(engine(), slug, large=large)
    except EngineError as problem:
        return _overview(slug, problem)
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-voorbeeld.pdf"'
    return answer


@role("participation_team")
@fresh("letters")
def make(slug: str) -> ResponseReturnValue:
    """Make codes and letters and send them, once.

    The form works once: sending it again must not make another batch.
    """
    values, mistakes = read(LettersForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    if request.form.get("once", "") != session.pop(_ONCE, None):
        told = gettext("Deze brieven zijn al gemaakt. Er zijn geen nieuwe codes bijgekomen.")
        return done(told, "letters", slug=slug)
    try:
        file = zipped_letters(
            engine(),
            slug,
            _source(slug, values),
            my_name(),
            large=bool(values["large"]),
            persona=int(values["persona"]) if values["persona"] else None,
        )
    except EngineError as problem:
        return _overview(slug, problem)
    name = f"{slug}-brieven.zip"
    return send_file(file, "application/zip", as_attachment=True, download_name=name)


def _in_want(slug: str) -> int | None:
    """Return how many residents are without a code; ``None`` where codes are all there is."""
    return sources.in_want(engine(), slug) if has_register(engine(), slug) else None


def _source(slug: str, values: Mapping[str, Any]) -> sources.Source:
    if has_register(engine(), slug):
        return sources.from_register(values["area"] or None, most=MOST_CODES)
    return sources.without_register(_number(values["number"] or "0"))


def _number(typed: str) -> int:
    if not 1 <= int(typed) <= MOST_CODES:
        raise NotReady(f"the desk makes 1 to {MOST_CODES} at once", problem="number")
    return int(typed)
