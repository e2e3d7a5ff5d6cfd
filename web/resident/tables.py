"""Rows of the tables on the pages of ideas, and what draws figures."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup

from pb_engine.services.pages import IdeaPage
from web.figures import parts, rows_of_flow, sankey, told, told_rows
from web.texts import tell

Cell = str | Markup
Macro = Callable[..., Markup]
"""A template macro: the templates own the markup, these functions only choose what goes in."""


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Teach the templates of an application these tables."""
    words: tuple[Callable[..., object], ...] = (
        judgement_rows,
        parts,
        rows_of_flow,
        sankey,
        told,
        told_rows,
    )
    app.jinja_env.globals.update({one.__name__: one for one in words})


def judgement_rows(page: IdeaPage, traffic_light: Macro, own_words: Macro) -> list[list[Cell]]:
    """Return criterion, colour and reason for every judgement."""
    review = page.idea.review
    return [
        [
            _criterion(page, one.criterion),
            traffic_light(str(one.colour)),
            own_words(one.reason) if one.reason else "–",
        ]
        for one in (review.judgements if review else ())
    ]


def _criterion(page: IdeaPage, number: str) -> str:
    text = page.criteria.get(number)
    return Markup("{}. {}").format(number, tell(text)) if text else number
