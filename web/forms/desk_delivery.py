"""The forms in which an official keeps what was spent on an idea, and the steps of the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pb_engine.services.delivery import MOST_MILESTONES, Milestone, NewMilestone, NewPayment
from web.forms.desk_progress import day_of
from web.forms.money import cents

_PARTS = ("name", "due_on", "done_on")
_SPARE = 2
"""Empty rows below the steps that are there."""


def read_payment(sent: Mapping[str, str]) -> NewPayment:
    """Return what a form says was spent; the service checks it."""
    day, _ = _day(sent.get("paid_on", ""))
    return NewPayment(day, cents(sent.get("cents", "")), sent.get("what", ""))


def read_milestones(sent: Mapping[str, str]) -> list[NewMilestone]:
    """Return the steps of a form, without the rows in which nothing was typed."""
    return [_step(row) for row in _rows(sent)]


def typed_milestones(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the rows of a form in which something was typed, one below the other."""
    return {
        f"{part}_{place}": row[part] for place, row in enumerate(_rows(sent)) for part in _PARTS
    }


def shown_milestones(steps: Iterable[Milestone]) -> dict[str, str]:
    """Return steps as somebody would have typed them."""
    values: dict[str, str] = {}
    for place, one in enumerate(steps):
        done = one.done_on.isoformat() if one.done_on else ""
        told = (one.name, one.due_on.isoformat(), done)
        values |= {f"{part}_{place}": text for part, text in zip(_PARTS, told, strict=True)}
    return values


def rows_of(typed: Mapping[str, str]) -> range:
    """Return the numbers of the rows that a form shows: those that are filled, and spare ones."""
    filled = sum(1 for _ in _rows(typed))
    return range(min(filled + _SPARE, MOST_MILESTONES))


def _rows(sent: Mapping[str, str]) -> list[dict[str, str]]:
    rows = (
        {part: sent.get(f"{part}_{place}", "").strip() for part in _PARTS}
        for place in range(MOST_MILESTONES)
    )
    return [row for row in rows if any(row.values())]


def _step(row: Mapping[str, str]) -> NewMilestone:
    due_on, readable = _day(row["due_on"])
    done_on, also = _day(row["done_on"])
    wrong = [part for part, right in (("due_on", readable), ("done_on", also)) if not right]
    return NewMilestone(row["name"], due_on, done_on, tuple(wrong))


def _day(typed: str) -> tuple[date | None, bool]:
    try:
        return day_of(typed), True
    except ValueError:
        return None, False
