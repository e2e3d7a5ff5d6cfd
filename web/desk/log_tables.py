"""Rows of the event log, and what it can be filtered by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from flask import Flask
from flask_babel import gettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.units import LocalText
from web.desk.log import LogLine
from web.desk.log_filter import KINDS
from web.desk.showing import translated
from web.texts import DUTCH_TIME, say

_DIGEST = re.compile(r"\b([0-9a-f]{40,})\b")
Cell = str | Markup
Macro = Callable[..., Markup]


def add(app: Flask) -> None:
    """Teach the templates of the desk these tables."""
    app.jinja_env.globals.update(log_kinds=log_kinds, log_rounds=log_rounds, log_rows=log_rows)


def log_rows(lines: Iterable[LogLine], digest: Macro) -> list[list[Cell]]:
    """Return number, moment, what happened and the chain's hash of every entry."""
    return [
        [
            str(one.number),
            f"{one.at.astimezone(DUTCH_TIME):%d-%m-%Y %H:%M}",
            Markup("{}<br>").format(one.round) * bool(one.round)
            + _that_breaks(one.sentence, digest),
            digest(one.hash[:8]),
        ]
        for one in lines
    ]


def _that_breaks(sentence: str, digest: Macro) -> Markup:
    """Let a line end within a digest: else one of them makes the whole table too wide."""
    parts = _DIGEST.split(sentence)
    return Markup("").join(digest(part) if _DIGEST.fullmatch(part) else part for part in parts)


def log_rounds(rounds: Mapping[str, LocalText]) -> list[tuple[str, str]]:
    """Return the rounds by which the log can be filtered."""
    every = [("", gettext("Alle rondes"))]
    return [*every, *((slug, say(name)) for slug, name in rounds.items())]


def log_kinds() -> list[tuple[str, str]]:
    """Return the kinds of events by which the log can be filtered."""
    return [
        ("", gettext("Alle soorten")),
        *((key, translated(name)) for key, name in KINDS.items()),
    ]
