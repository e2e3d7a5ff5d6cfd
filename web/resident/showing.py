"""Showing a page of a round: its languages, its menu, its layout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext  # type: ignore[import-untyped]

from web import texts
from web.forms.filled import Filled
from web.texts import N_

_MENU = (
    ("round", N_("De ronde"), None),
    ("ideas", N_("Ideeën"), None),
    ("vote", N_("Stemmen"), frozenset({"voting"})),
    ("results", N_("Uitslag"), frozenset({"published"})),
    ("progress", N_("Voortgang"), frozenset({"published"})),
    (
        "receipt",
        N_("Uw stem nagaan"),
        frozenset({"voting", "closed", "opened", "counted", "explained", "published"}),
    ),
)
_PART = {
    "outcome": "results",
    "summary": "results",
    "result_map": "results",
    "work": "progress",
    "rules": "round",
    **dict.fromkeys(("news", "subscribe", "confirm_subscription"), "round"),
    "news": "round",
    "stories": "round",
    "poster": "round",
    "idea": "ideas",
    "idea_map": "ideas",
    "new_idea": "ideas",
    "idea_step": "ideas",
    "check_idea": "ideas",
    "idea_photos": "ideas",
    "kept_idea": "ideas",
    "mail_draft": "ideas",
    "go_on_with_idea": "ideas",
    "idea_received": "ideas",
    "withdraw": "ideas",
    **dict.fromkeys(("support", "comments", "write_comment", "follow", "appeal"), "ideas"),
    "check": "vote",
    "come_back": "vote",
    "ballot": "vote",
    "look_over": "vote",
    "done": "vote",
    "tracker": "receipt",
}


def show(
    template: str,
    page: Any,
    *,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    mistakes: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Render a page of a round in a language of that round.

    :param page: a page model with ``round``; ``phase`` may be absent once it is published.
    :param typed: what the visitor typed, by field, to show it again.
    :param mistakes: a sentence for every field that is not right.
    """
    texts.speak(page.round.languages, page.round.address)
    phase = str(getattr(page, "phase", "published"))
    body = render_template(
        template,
        page=page,
        round=page.round,
        phase=phase,
        menu=menu(page.round.slug, phase),
        typed=Filled(typed or {}),
        mistakes=Filled(mistakes or {}),
        **more,
    )
    return make_response(body, status)


def menu(slug: str, phase: str) -> list[tuple[str, str, bool]]:
    """Return the menu of a round: text, address, and whether the visitor is there."""
    here = _PART.get(request.endpoint or "", request.endpoint)
    return [
        (str(gettext(text)), url_for(endpoint, slug=slug), endpoint == here)
        for endpoint, text, phases in _MENU
        if phases is None or phase in phases
    ]


def language_url(code: str) -> str:
    """Return the address that switches the language."""
    return url_for("language", code=code)


def spoken() -> tuple[str, ...]:
    """Return the languages in which this page can be read."""
    return texts.spoken()


def here() -> str:
    """Return the address of this page, to come back to after a language switch."""
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k != texts.LANGUAGE_IN_ADDRESS]
    query = urlencode(pairs)
    return f"{request.path}?{query}" if query else request.path


def in_language(code: str) -> str:
    """Return the whole address of this page in one of its languages."""
    page = here()
    mark = "&" if "?" in page else "?"
    base = current_app.extensions["pb_engine"].settings.base_url
    return f"{base}{quote(page, safe='/?&=%+')}{mark}{texts.LANGUAGE_IN_ADDRESS}={code}"


def translated(sentence: str) -> str:
    """Translate a marked sentence from a table."""
    return str(gettext(sentence))
