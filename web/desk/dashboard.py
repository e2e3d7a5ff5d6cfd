"""A round in numbers at the desk, beside the other rounds, and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services import dashboard as service
from pb_engine.services.dashboard import Dashboard, Span
from web import words
from web.access import role
from web.base import engine
from web.desk.login import my_roles
from web.desk.showing import show, translated
from web.desk.spreadsheet import sheet
from web.texts import N_, money, number, say

_SPANS = {
    "judged": N_("Van insturen tot besluit"),
    "appeal": N_("Van verzoek om herziening tot antwoord"),
}


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/cijfers", "dashboard", overview)
    app.add_url_rule("/<slug>/cijfers.csv", "dashboard_file", file)
    app.jinja_env.globals.update(
        idea_numbers=idea_numbers,
        span_rows=span_rows,
        turnout_numbers=turnout_numbers,
        work_numbers=work_numbers,
        compared_rounds=compared_rounds,
    )


@role("participation_team", "commission_member", "auditor", "researcher")
def overview(slug: str) -> ResponseReturnValue:
    """Show a round in numbers."""
    page = service.dashboard(engine(), slug)
    others = [one for one in service.all_rounds(engine()) if my_roles(one.round.slug)]
    return show("dashboard.html.j2", round=page.round, page=page, others=others)


@role("participation_team", "commission_member", "auditor", "researcher")
def file(slug: str) -> Response:
    """Send the numbers as a file for a spreadsheet."""
    page = service.dashboard(engine(), slug)
    return sheet(f"cijfers-{page.round.slug}.csv", ("what", "number"), _lines(page))


def _lines(page: Dashboard) -> Iterator[tuple[str, str]]:
    for name in ("activities", "people", "letters", "news", "submitted", "answered"):
        yield name, str(getattr(page, name))
    for state, count in sorted(page.ideas.items()):
        yield f"ideas_{state}", str(count)
    for span in page.spans:
        yield f"{span.name}_done", str(span.done)
        yield f"{span.name}_waiting", str(span.waiting)
        yield f"{span.name}_median_days", _days(span.median_days, "")
    for name in ("voters", "funded"):
        told = getattr(page, name)
        yield name, "" if told is None else str(told)


def idea_numbers(page: Dashboard) -> list[list[str]]:
    """Return how many ideas are in each state, in the order of the states."""
    return [
        [translated(told), number(page.ideas[state])]
        for state, (told, _) in words.IDEA_STATES.items()
        if page.ideas.get(state)
    ]


def span_rows(page: Dashboard) -> list[list[str]]:
    """Return how many days things took."""
    return [
        [
            translated(_SPANS[one.name]),
            number(one.done),
            number(one.waiting),
            _days(one.median_days, "–"),
            _longest(one),
        ]
        for one in page.spans
    ]


def _days(value: Fraction | None, none: str) -> str:
    """Write days; a median can be a half."""
    if value is None:
        return none
    whole, half = divmod(value, 1)
    return f"{whole},5" if half else str(whole)


def _longest(span: Span) -> str:
    return "–" if span.longest_days is None else str(span.longest_days)


def turnout_numbers(page: Dashboard) -> list[list[str]]:
    """Return what became of the voting rights, as it was published."""
    if page.turnout is None:
        return []
    whole = (gettext("Alles samen"), page.turnout.whole)
    rows = [*((one.area or gettext("Onbekend"), one) for one in page.turnout.areas), whole]
    return [
        [name, *("•" if told is None else number(told) for told in (a.digital, a.paper, a.unused))]
        for name, a in rows
    ]


def work_numbers(page: Dashboard) -> list[list[str]]:
    """Return how many funded ideas are in each state."""
    cards = page.works.works if page.works else ()
    counted = [(told, sum(one.work.state == state for one in cards)) for state, told in _works()]
    return [[translated(told), number(many)] for told, many in counted if many]


def _works() -> Iterator[tuple[str, str]]:
    yield from ((state, told) for state, (told, _) in words.WORK_STATES.items())


def compared_rounds(others: Sequence[Dashboard]) -> list[list[str]]:
    """Return one line per round."""
    return [
        [
            say(one.round.name),
            money(one.round.fund.budget_cents),
            number(one.submitted),
            "–" if one.funded is None else number(one.funded),
            "–" if one.voters is None else number(one.voters),
            _days(one.spans[0].median_days, "–"),
        ]
        for one in others
    ]
