"""Two versions of one form beside each other: what a colleague saved, and what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services.review import Review
from web.desk.words import DECISIONS
from web.forms.costs import typed_lines
from web.forms.money import typed_money
from web.texts import N_

_COLOURS = {"green": N_("groen"), "orange": N_("oranje"), "red": N_("rood")}
_LABELS = {
    "outcome": N_("Wat gebeurt er met het idee?"),
    "reason": N_("Uitleg voor de indiener"),
    "suggestion": N_("Wat kan er nog wel?"),
    "final_cost": N_("Bedrag op het stembiljet, in euro’s"),
    "running": N_("Kosten per jaar daarna, in euro’s"),
    "running_by": N_("Wie betaalt de kosten per jaar?"),
    "referred_to": N_("Doorgeven aan"),
}
_NUMBERED: Mapping[str, Callable[[str], str]] = {
    "colour-": lambda number: gettext("Oordeel over %(number)s", number=number),
    "why-": lambda number: gettext("Waarom is %(number)s niet groen?", number=number),
    "what_": lambda number: gettext("Regel %(number)s: wat?", number=number),
    "many_": lambda number: gettext("Regel %(number)s: hoeveel?", number=number),
    "each_": lambda number: gettext("Regel %(number)s: euro per stuk", number=number),
}


def decided(review: Review) -> dict[str, str]:
    """Return a decision as a form would hold it."""
    price = review.final_cost_cents
    told = {
        "outcome": str(review.outcome),
        "reason": review.reason,
        "suggestion": review.suggestion,
        "referred_to": review.referred_to or "",
        "final_cost": "" if price is None else typed_money(price),
        "running": typed_money(review.running_cents) if review.running_cents else "",
        "running_by": review.running_by,
        **typed_lines(review.cost_lines),
    }
    for one in review.judgements:
        told[f"colour-{one.criterion}"] = str(one.colour)
        told[f"why-{one.criterion}"] = one.reason
    return told


def both(stored: Mapping[str, str], typed: Mapping[str, str]) -> list[list[str]]:
    """Return a row per field that differs: its label, what is stored, and what was typed."""
    names = dict.fromkeys([*stored, *typed])
    return [
        [label, _said(name, stored.get(name, "")), _said(name, typed.get(name, ""))]
        for name in names
        if (label := _label(name)) and _plain(stored, name) != _plain(typed, name)
    ]


def _plain(values: Mapping[str, str], name: str) -> Iterable[str]:
    return values.get(name, "").split()


def _label(name: str) -> str:
    if name in _LABELS:
        return str(gettext(_LABELS[name]))
    for start, words in _NUMBERED.items():
        if name.startswith(start):
            return words(name.removeprefix(start))
    return ""


def _said(name: str, value: str) -> str:
    if name.startswith("colour-") and value in _COLOURS:
        return str(gettext(_COLOURS[value]))
    if name == "outcome" and value in DECISIONS:
        return str(gettext(DECISIONS[value]))
    return value.strip() or "–"
