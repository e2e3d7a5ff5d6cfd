"""Rows of the tables on the pages of ideas and results."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, url_for
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup

from pb_engine.services.pages import IdeaPage
from pb_engine.services.results import ResultRow, ResultsPage
from web.figures import parts, rows_of_flow, sankey, told, told_rows
from web.texts import money, say

Cell = str | Markup
Macro = Callable[..., Markup]
"""A template macro: the templates own the markup, these functions only choose what goes in."""


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Teach the templates of an application these tables."""
    words: tuple[Callable[..., object], ...] = (
        comparison_headings,
        comparison_rows,
        download_rows,
        judgement_rows,
        result_rows,
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
    return f"{number}. {say(text)}" if text else number


def result_rows(page: ResultsPage, own_words: Macro, tag: Macro) -> list[list[Cell]]:
    """Return title, verdict, voters and cost for every project."""
    return [
        [own_words(row.title), _verdict(row, tag), str(row.voters), money(row.cost_cents)]
        for row in page.rows
    ]


def _verdict(row: ResultRow, tag: Macro) -> Markup:
    if row.funded:
        return tag(gettext("✓ ja"), "green")
    return tag(gettext("✕ nee"), "grey")


def comparison_headings(page: ResultsPage) -> list[str]:
    """Return a heading per rule; the rule that decides says so."""
    decides = gettext("deze regel telt")
    rules = (
        f"{say(rule.label)} ({decides})" if rule.deciding else say(rule.label)
        for rule in page.comparison
    )
    return [gettext("Idee"), *rules]


def comparison_rows(page: ResultsPage, own_words: Macro) -> list[list[Cell]]:
    """Return per project what each rule gives it, and last what each rule spends."""
    yes, no = gettext("✓ geld"), "–"
    rows: list[list[Cell]] = [
        [
            own_words(row.title),
            *(yes if row.project_id in rule.funded else no for rule in page.comparison),
        ]
        for row in page.rows
    ]
    return [*rows, [gettext("Samen"), *(money(rule.spent_cents) for rule in page.comparison)]]


def download_rows(page: ResultsPage, digest: Macro) -> list[tuple[Cell, Cell]]:
    """Return every published file as a link, with its size and digest."""
    return [
        (
            Markup('<a href="{}">{}</a>').format(
                url_for("download", slug=page.round.slug, name=file.name), file.name
            ),
            Markup("{} {}<br>{}").format(
                _size(file.size), gettext("Controlegetal:"), digest(file.digest)
            ),
        )
        for file in page.downloads
    ]


def _size(size: int) -> str:
    kilobyte = 1024
    return f"{size} bytes." if size < kilobyte else f"{size // kilobyte} kB."
