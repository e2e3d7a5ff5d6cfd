"""Words and rows of the register pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flask import Flask
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services.register_figures import RegisterFigures
from pb_engine.services.retention import TERMS, Due
from pb_engine.services.roll import KINDS, Report
from web.desk import words
from web.desk.showing import translated
from web.texts import N_, moment, say

CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "add": N_("Bewoner toevoegen"),
        "move": N_("Verhuisd uit het gebied"),
        "remove": N_("Overleden of ten onrechte in het register"),
        "correct": N_("Adres of geboortejaar verbeteren"),
    }
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "proposed": N_("wacht op een tweede medewerker"),
        "approved": N_("doorgevoerd"),
        "refused": N_("afgewezen"),
        "active": N_("in het register"),
        "moved": N_("verhuisd"),
        "removed": N_("verwijderd"),
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "now": N_("Nu"),
        "name": N_("Naam"),
        "postcode": N_("Postcode"),
        "house": N_("Huisnummer"),
        "addition": N_("Toevoeging"),
        "birth_year": N_("Geboortejaar"),
        "age_band": N_("Leeftijdsgroep"),
        "email": N_("E-mailadres"),
        "secret": N_("Geheim adres"),
        "person": N_("Persoonsnummer"),
    }
)
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "wrong": N_("fout"),
        "left_out": N_("doet niet mee"),
        "note": N_("let op"),
    }
)


def add(app: Flask) -> None:
    """Teach the templates of the desk these words and rows."""
    app.jinja_env.globals.update(
        roll_change_words=CHANGES,
        register_states=STATES,
        area_headings=area_headings,
        area_rows=area_rows,
        finding_rows=finding_rows,
        kept_until=kept_until,
        total_rows=total_rows,
        waiting_rows=waiting_rows,
    )


def finding_rows(found: Report) -> list[list[str]]:
    """Return every kind of finding: what it means, how often, the sentence, the first lines."""
    return [
        [
            translated(LEVELS[KINDS[kind][0]]),
            str(number),
            say(KINDS[kind][1]),
            _lines(found, kind, number),
        ]
        for kind, number in found.kinds.items()
    ]


def _lines(found: Report, kind: str, number: int) -> str:
    first = [str(one.line) for one in found.first if one.kind == kind]
    listed = ", ".join(first)
    if number <= len(first):
        return listed
    return str(gettext("%(lines)s en nog %(more)s", lines=listed, more=number - len(first)))


def area_rows(figures: RegisterFigures) -> list[list[str]]:
    """Return per area how many voting rights there are, and per channel; small numbers hidden."""
    return [
        [
            area or gettext("onbekend"),
            _number(number),
            *(_number(cell) for cell in figures.turnout.get(area, {}).values()),
        ]
        for area, number in figures.areas.items()
    ]


def area_headings(figures: RegisterFigures) -> list[str]:
    """Return the headings above ``area_rows``."""
    channels = next(iter(figures.turnout.values()), {})
    return [
        gettext("Buurt"),
        gettext("Stemrechten"),
        *(translated(words.CHANNELS[one]) for one in channels),
    ]


def waiting_rows(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a change that waits says of a person."""
    return [(translated(text), told[name]) for name, text in FIELDS.items() if told.get(name)]


def total_rows(figures: RegisterFigures) -> list[tuple[str, str]]:
    """Return how many voting rights go along each channel, all areas together."""
    return [(translated(words.CHANNELS[one]), str(n)) for one, n in figures.total.items()]


def kept_until(due: Iterable[Due]) -> list[tuple[str, str]]:
    """Return what of a round goes, and when."""
    return [(say(TERMS[one.kept].what), moment(one.at)) for one in due]


def _number(number: int | None) -> str:
    return str(gettext("niet getoond")) if number is None else str(number)
