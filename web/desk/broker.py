"""The idea broker's table: every idea of every round, and which of them may get another try."""

from __future__ import annotations

from flask import Flask, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.services.idea_register import IdeaRegister, RegisterWishes, idea_register
from web.access import role
from web.base import engine
from web.desk.showing import show, translated
from web.texts import money, say
from web.words import IDEA_STATES

Cell = str | Markup
_LONGEST = 80


def add(app: Flask) -> None:
    """Register this page."""
    app.add_url_rule("/ideeen", "all_ideas", all_ideas)


@role("participation_team", "idea_broker")
def all_ideas() -> ResponseReturnValue:
    """Show a page of all ideas, the newest first."""
    page = request.args.get("blz", "1")
    wishes = RegisterWishes(
        text=_asked("zoek"),
        round=_asked("ronde"),
        state=_asked("stand"),
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,  # noqa: PLR2004
    )
    found = idea_register(engine(), wishes)
    keep = {name: _asked(name) for name in ("zoek", "ronde", "stand") if _asked(name)}
    rows, options = _rows(found), _options(found)
    return show(
        "all_ideas.html.j2", found=found, rows=rows, options=options, typed=request.args, keep=keep
    )


def _asked(name: str) -> str:
    return request.args.get(name, "").strip()[:_LONGEST]


def _rows(found: IdeaRegister) -> list[list[Cell]]:
    return [
        [
            _link(url_for("idea", slug=one.line.round, idea_id=one.line.id), one.line.title),
            say(one.round_name),
            translated(IDEA_STATES[one.line.state][0]),
            money(one.line.price),
        ]
        for one in found.ideas
    ]


def _link(address: str, title: str) -> Markup:
    return Markup('<a href="{}"><bdi>{}</bdi></a>').format(address, title)


def _options(found: IdeaRegister) -> dict[str, list[tuple[str, str]]]:
    states = [(key, translated(told)) for key, (told, _) in IDEA_STATES.items()]
    return {
        "rounds": [
            ("", gettext("Alle rondes")),
            *((slug, say(name)) for slug, name in found.rounds),
        ],
        "states": [("", gettext("Alle")), *(one for one in states if one[0] != "withdrawn")],
    }
