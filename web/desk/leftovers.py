"""Money that is left after a round at the desk: what is decided of it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError, InvalidIdea
from pb_engine.services import leftovers, progress, rounds
from pb_engine.services.leftovers import MOST_YEARS, UNDIVIDED, LeftoverLine, NewLeftover
from web.access import role
from web.base import engine
from web.desk import words
from web.desk.login import my_name
from web.desk.showing import done, show, translated
from web.errors import field_mistakes
from web.forms.desk_review import seen_version
from web.forms.numbers import whole_of
from web.texts import day_short, money

_READERS = (
    *("participation_team", "commission_member", "auditor"),
    *("secretary", "district_coach", "idea_broker"),
)
_WHOLE = "rest"
"""How a form calls the money that went to no idea."""


def add(app: Flask) -> None:
    """Register these pages."""
    post, base = ["POST"], "/<slug>/geld-over"
    app.add_url_rule(base, "leftovers", overview)
    app.add_url_rule(f"{base}/besluit", "decide_leftover", decide, methods=post)
    app.add_url_rule(f"{base}/terugnemen", "take_back_leftover", take_back, methods=post)
    app.jinja_env.globals.update(
        fate_options=fate_options,
        year_options=year_options,
        leftover_part=lambda line: line.part or _WHOLE,
        leftover_title=leftover_title,
        leftover_told=leftover_told,
    )


@role(*_READERS)
def overview(slug: str) -> ResponseReturnValue:
    """Show what is left of the money of a round, and what becomes of it."""
    return _overview(slug)


def _overview(
    slug: str, problem: EngineError | None = None, mistakes: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    stored = rounds.stored_round(engine(), slug)
    page = progress.works_page(engine(), slug) if stored.phase == "published" else None
    lines = leftovers.leftover_lines(engine(), page) if page else ()
    part = request.form.get("part", "")
    return show(
        "leftovers.html.j2",
        round=stored.round,
        lines=lines,
        problem=problem,
        # One form for each line: what is wrong stands at the fields of its own.
        mistakes={f"{name}-{part}": told for name, told in (mistakes or {}).items()},
        typed=request.form,
    )


@role("participation_team")
def decide(slug: str) -> ResponseReturnValue:
    """Decide what becomes of money that is left."""
    form = request.form
    fate, purpose, years = (
        form.get(f"{name}-{form.get('part', '')}", "") for name in ("fate", "purpose", "years")
    )
    new = NewLeftover(fate, purpose, whole_of(years))
    try:
        leftovers.decide_leftover(engine(), slug, _part(), new, seen_version(form), my_name())
    except InvalidIdea as problem:
        return _overview(slug, problem, field_mistakes(problem))
    except EngineError as problem:
        return _overview(slug, problem)
    return done(gettext("Het besluit is bewaard."), "leftovers", slug=slug)


@role("participation_team")
def take_back(slug: str) -> ResponseReturnValue:
    """Take a decision back."""
    try:
        seen = seen_version(request.form)
        leftovers.take_back_leftover(engine(), slug, _part(), seen, my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return done(gettext("Het besluit is teruggenomen."), "leftovers", slug=slug)


def _part() -> str:
    sent = request.form.get("part", "")
    return UNDIVIDED if sent == _WHOLE else sent or "?"


def fate_options() -> list[tuple[str, str]]:
    """Return what can become of money, in words."""
    return [(name, translated(told)) for name, told in words.FATES.items()]


def year_options() -> list[tuple[str, str]]:
    """Return for how long money can be saved."""
    return [
        (str(years), gettext("%(number)s jaar", number=years)) for years in range(1, MOST_YEARS + 1)
    ]


def leftover_title(line: LeftoverLine) -> str:
    """Say whose money it is."""
    return line.title or str(gettext("Niet verdeeld geld"))


def leftover_told(line: LeftoverLine) -> str:
    """Say what is decided of it."""
    found = line.decided
    if found is None:
        return str(gettext("nog niet besloten"))
    told = [translated(words.FATES[found.fate])]
    if found.purpose:
        told.append(found.purpose)
    if found.settled_on is None:
        told.append(str(gettext("plan: het bedrag staat nog niet vast")))
    else:
        told.append(money(found.cents))
    if line.lapsed and found.until:
        told.append(
            str(
                gettext(
                    "verlopen op %(day)s: gaat terug naar de gemeente", day=day_short(found.until)
                )
            )
        )
    elif found.until:
        told.append(str(gettext("te gebruiken tot en met %(day)s", day=day_short(found.until))))
    if found.used_by:
        told.append(str(gettext("gebruikt in de ronde %(round)s", round=found.used_by)))
    return "; ".join(told)
