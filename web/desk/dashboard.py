"""A round in numbers at the desk, beside the other rounds, and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import dashboard as service
from pb_engine.services import rounds
from pb_engine.services.dashboard import Dashboard, Span
from pb_engine.services.round_costs import round_costs, set_costs
from web import words
from web.access import role
from web.base import engine
from web.desk.login import my_name, my_roles
from web.desk.showing import done, show, translated
from web.desk.spreadsheet import sheet
from web.errors import field_mistakes
from web.figures import parts
from web.forms.desk_review import seen_version
from web.forms.money import cents, typed_money
from web.texts import N_, money, number, say

_SPANS = {
    "judged": N_("Van insturen tot besluit"),
    "appeal": N_("Van verzoek om herziening tot antwoord"),
}


COSTS = {
    "campaign": N_("Campagne: bijeenkomsten, flyers, advertenties"),
    "letters": N_("Drukken van brieven"),
    "postage": N_("Porto en bezorging"),
    "hours": N_("Uren van medewerkers, in geld"),
    "online": N_("Alleen voor stemmen op internet"),
    "paper": N_("Alleen voor stemmen op papier: stembiljetten, zaal, tellen"),
}


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/cijfers", "dashboard", overview)
    app.add_url_rule("/<slug>/cijfers.csv", "dashboard_file", file)
    app.add_url_rule("/<slug>/kosten", "costs", costs)
    app.add_url_rule("/<slug>/kosten", "set_costs", keep_costs, methods=["POST"])
    app.jinja_env.globals.update(
        idea_numbers=idea_numbers,
        span_rows=span_rows,
        turnout_numbers=turnout_numbers,
        age_numbers=age_numbers,
        channel_costs=channel_costs,
        cost_kinds=COSTS,
        delivery_numbers=delivery_numbers,
        parts=parts,
        age_bars=age_bars,
        area_bars=area_bars,
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


@role("participation_team", "commission_member", "auditor", "researcher")
def costs(slug: str) -> ResponseReturnValue:
    """Show what the round cost."""
    return _costs(slug)


@role("participation_team")
def keep_costs(slug: str) -> ResponseReturnValue:
    """Keep what the round cost."""
    typed = {kind: request.form.get(kind, "").strip() for kind in COSTS}
    amounts = {kind: cents(text) for kind, text in typed.items() if text}
    try:
        set_costs(engine(), slug, amounts, seen_version(request.form), my_name())
    except InvalidIdea as problem:
        return _costs(slug, problem, field_mistakes(problem))
    except EngineError as problem:
        return _costs(slug, problem)
    return done(gettext("De kosten zijn bewaard."), "dashboard", slug=slug)


def _costs(
    slug: str, problem: EngineError | None = None, mistakes: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    stored = rounds.stored_round(engine(), slug)
    found = round_costs(engine(), slug)
    kept = {str(kind): typed_money(amount) for kind, amount in found.amounts.items()}
    return show(
        "costs.html.j2",
        round=stored.round,
        found=found,
        problem=problem,
        mistakes=mistakes,
        typed=request.form if request.method == "POST" else kept,
    )


def _lines(page: Dashboard) -> Iterator[tuple[str, str]]:
    for name in ("activities", "people", "letters", "news", "submitted", "answered"):
        yield name, str(getattr(page, name))
    for state, count in sorted(page.ideas.items()):
        yield f"ideas_{state}", str(count)
    for span in page.spans:
        yield f"{span.name}_done", str(span.done)
        yield f"{span.name}_waiting", str(span.waiting)
        yield f"{span.name}_median_days", _days(span.median_days, "")
    for name in ("voters", "funded", "cents_per_voter", "cents_per_ballot"):
        told = getattr(page, name)
        yield name, "" if told is None else str(told)
    for channel, amount in sorted(page.cents_per_channel.items()):
        yield f"cents_per_ballot_{channel}", str(amount)
    yield "costs_cents", str(page.costs.total_cents) if page.costs.amounts else ""
    for name in ("days", "in_time", "late", "waiting"):
        yield f"feedback_{name}", str(getattr(page.feedback, name))
    yield from _delivery_lines(page)
    yield from _turnout_lines(page)


def _delivery_lines(page: Dashboard) -> Iterator[tuple[str, str]]:
    if page.works is None:
        return
    yield "granted_cents", str(page.works.granted_cents)
    yield "spent_cents", str(page.works.spent_cents)
    yield "updates_overdue", str(len(page.works.overdue))
    yield "steps_late", str(sum(len(one.late) for one in page.works.works))


def _turnout_lines(page: Dashboard) -> Iterator[tuple[str, str]]:
    """Write both tables; a number that is left out is an empty cell, never a zero."""
    for area in page.turnout.areas if page.turnout else ():
        for told, name in ((area.digital, "digital"), (area.paper, "paper"), (area.unused, "none")):
            yield f"area_{area.area or 'unknown'}_{name}", "" if told is None else str(told)
    for age in page.ages.rows if page.ages else ():
        for told, name in ((age.voted, "voted"), (age.unused, "none")):
            yield f"age_{age.band or 'unknown'}_{name}", "" if told is None else str(told)


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
    return [[name, *map(_told, (a.digital, a.paper, a.unused))] for name, a in rows]


def age_numbers(page: Dashboard) -> list[list[str]]:
    """Return per age who voted and who did not, as it was published."""
    if page.ages is None:
        return []
    whole = (gettext("Alles samen"), page.ages.whole)
    rows = [*((one.band or gettext("Onbekend"), one) for one in page.ages.rows), whole]
    return [[name, *map(_told, (one.voted, one.unused))] for name, one in rows]


def _told(value: int | None) -> str:
    return "•" if value is None else number(value)


def area_bars(page: Dashboard) -> list[tuple[str, int, int]]:
    """Return per area its name, who voted and all rights, where no number is left out."""
    return [
        (one.area or gettext("Onbekend"), one.total - (one.unused or 0), one.total)
        for one in (page.turnout.areas if page.turnout else ())
        if one.total
    ]


def age_bars(page: Dashboard) -> list[tuple[str, int, int]]:
    """Return the same per age."""
    return [
        (one.band or gettext("Onbekend"), one.voted or 0, one.total)
        for one in (page.ages.rows if page.ages else ())
        if one.total
    ]


def channel_costs(page: Dashboard) -> list[list[str]]:
    """Return what a ballot of each channel cost."""
    named = {"digital": gettext("Op internet"), "paper": gettext("Op papier")}
    return [[named[one], money(amount)] for one, amount in page.cents_per_channel.items()]


def delivery_numbers(page: Dashboard) -> list[list[str]]:
    """Return what residents should have heard, and which steps are late."""
    if page.works is None:
        return []
    steps = [step for card in page.works.works for step in card.milestones]
    late = sum(len(card.late) for card in page.works.works)
    return [
        [gettext("Berichten aan bewoners te laat"), number(len(page.works.overdue))],
        [gettext("Stappen klaar"), number(sum(one.done_on is not None for one in steps))],
        [gettext("Stappen te laat"), number(late)],
        [gettext("Niet uitgegeven door ideeën die klaar of gestopt zijn"), money(_unspent(page))],
    ]


def _unspent(page: Dashboard) -> int:
    cards = page.works.works if page.works else ()
    return sum(max(card.left_cents, 0) for card in cards if card.over)


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
            "–" if one.feedback.percent is None else f"{one.feedback.percent} %",
            "–" if one.cents_per_ballot is None else money(one.cents_per_ballot),
        ]
        for one in others
    ]
