"""The Dutch words of documents: states, activities, days, money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from babel.dates import format_date

from pb_engine.domain.activities import ActivityKind
from pb_engine.domain.charter import Answer
from pb_engine.domain.council import CouncilDecision
from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.leftovers import Fate
from pb_engine.domain.rounds import FundSource
from pb_engine.domain.works import WorkState
from pb_engine.services.results import Shortage
from pb_engine.units import euros

HIDDEN = "•"
"""Stands for a number that is left out, so that nobody can see what one resident did."""

IDEAS: Mapping[IdeaState, str] = MappingProxyType(
    {
        IdeaState.SUBMITTED: "nog niet beoordeeld",
        IdeaState.ADAPT: "moest anders, en is niet aangepast",
        IdeaState.FEASIBLE: "haalbaar, maar niet op het stembiljet",
        IdeaState.REJECTED: "ging niet door",
        IdeaState.REFERRED: "doorgegeven",
        IdeaState.MERGED: "samengevoegd met een ander idee",
        IdeaState.WITHDRAWN: "teruggetrokken door de indiener",
        IdeaState.ON_BALLOT: "op het stembiljet",
    }
)
WORKS: Mapping[WorkState, str] = MappingProxyType(
    {
        WorkState.PREPARING: "wordt voorbereid",
        WorkState.UNDER_WAY: "wordt uitgevoerd",
        WorkState.DELAYED: "duurt langer",
        WorkState.READY: "klaar",
        WorkState.STOPPED: "gestopt",
    }
)
ACTIVITIES: Mapping[ActivityKind, str] = MappingProxyType(
    {
        ActivityKind.MEETING: "bijeenkomst",
        ActivityKind.SCHOOL: "op school",
        ActivityKind.STREET: "langs de deur of op straat",
        ActivityKind.NEWSLETTER: "nieuwsbrief",
        ActivityKind.PRESS: "krant, radio of televisie",
        ActivityKind.ONLINE: "op internet",
        ActivityKind.COMMISSION: "overleg van de commissie",
        ActivityKind.OTHER: "iets anders",
    }
)
MOMENTS: Mapping[str, str] = MappingProxyType(
    {
        "ideas_opened": "Ideeën geopend; de spelregels liggen vast",
        "review_started": "Ideeën gesloten; de beoordeling begint",
        "voting_opened": "Stemming geopend; het stembiljet ligt vast",
        "voting_closed": "Stemming gesloten",
        "box_opened": "Stembus geopend",
        "outcome_adopted": "Uitslag vastgesteld",
        "results_published": "Uitslag gepubliceerd",
        "rules_amended": "Spelregels gewijzigd",
        "phase_moved_by_hand": "Met de hand een fase verder",
    }
)
FUNDS: Mapping[FundSource, str] = MappingProxyType(
    {
        FundSource.NEIGHBOURHOOD_BUDGET: "wijkbudget",
        FundSource.DISTRICT_INITIATIVE_FUND: "initiatiefkracht",
        FundSource.SAVED: "gespaard geld",
        FundSource.TRANSFERRED: "overgeheveld geld",
    }
)
FATES: Mapping[Fate, str] = MappingProxyType(
    {
        Fate.RETURNS: "gaat terug naar de gemeente",
        Fate.SAVED: "wordt gespaard voor het gebied",
    }
)
CHARTER: Mapping[Answer, str] = MappingProxyType(
    {Answer.YES: "ja", Answer.PARTLY: "deels", Answer.NO: "nee"}
)
_UNITS = {
    "votes": ("stem", "stemmen"),
    "ballots": ("stem", "stemmen"),
    "points": ("punt", "punten"),
}


def day(value: date) -> str:
    """Write a day as in ``10 mei 2027``."""
    return str(format_date(value, "d MMMM y", locale="nl"))


def decided(title: str, one: CouncilDecision) -> str:
    """Write what was decided about an idea otherwise than counted."""
    got = f"krijgt {euros(one.amount_cents)}" if one.funded else "krijgt geen geld"
    return f"{title} {got} ({one.reference}, {day(one.decided_on)}). {one.reason}"


def short(shortage: Shortage | None) -> str:
    """Write what an idea lacked; a dash where no number can be told."""
    if shortage is None:
        return "–"
    one, more = _UNITS[shortage.unit]
    return f"{shortage.number} {one if shortage.number == 1 else more}"


def number(value: int | None) -> str:
    """Write a number; one that is left out becomes a point."""
    return HIDDEN if value is None else f"{value:,}".replace(",", ".")


def many(count: int, one: str, more: str) -> str:
    """Write a number with its word in the right form."""
    return f"{number(count)} {one if count == 1 else more}"
