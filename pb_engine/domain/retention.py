"""How long what is kept, as a table: what is due when.  ``docs/reference/stores.md`` shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from pb_engine.domain.phases import Phase
from pb_engine.units import LocalText


class Kept(StrEnum):
    """What goes when its term is over; everything else stays."""

    CODES = "codes"
    RESIDENTS = "residents"
    REVIEWS = "reviews"
    FOLLOWERS = "followers"
    ATTEMPTS = "attempts"
    DRAFTS = "drafts"
    STORIES = "stories"
    BOUNCES = "bounces"


@dataclass(frozen=True, slots=True)
class Term:
    """A term.

    :ivar what: what goes, in words.
    :ivar after: how long after the end of the round; how long after it was written down, for
        what belongs to no round.
    """

    what: LocalText
    after: timedelta
    of_round: bool = True


TERMS: Mapping[Kept, Term] = MappingProxyType(
    {
        Kept.CODES: Term(
            LocalText("stemcodes en hun sleutel", "voting codes and their key"),
            timedelta(weeks=6),
        ),
        Kept.RESIDENTS: Term(
            LocalText(
                "het kiezersregister: namen, adressen, leeftijden",
                "the voter register: names, addresses, ages",
            ),
            # No three months of the calendar are shorter than this.
            timedelta(days=89),
        ),
        Kept.REVIEWS: Term(
            LocalText(
                "eigen oordelen en notities van de commissie, en welk belang iemand had",
                "what members of the commission found and noted, and which interest they had",
            ),
            # Whoever objects to the result has done so by then; the decisions themselves stay.
            timedelta(days=365),
        ),
        Kept.FOLLOWERS: Term(
            LocalText(
                "e-mailadressen van wie een idee of het nieuws volgt",
                "addresses of those who follow ideas or news",
            ),
            # What became of an idea is told for a year; then there is nothing left to tell.
            timedelta(days=400),
        ),
        Kept.ATTEMPTS: Term(
            LocalText("mislukte pogingen per netwerkadres", "failed attempts per network address"),
            timedelta(hours=24),
            of_round=False,
        ),
        Kept.DRAFTS: Term(
            LocalText("ideeën die niet zijn ingestuurd", "ideas that were not submitted"),
            timedelta(days=30),
            of_round=False,
        ),
        Kept.STORIES: Term(
            LocalText(
                "verhalen waarvan de toestemming voorbij is", "stories whose consent has ended"
            ),
            # Each says itself until when; from the day after it nobody may see it.
            timedelta(0),
            of_round=False,
        ),
        Kept.BOUNCES: Term(
            LocalText("adressen die geen mail aannemen", "addresses that take no mail"),
            timedelta(days=365),
            of_round=False,
        ),
    }
)
"""The terms, shortest promise first where they are published."""

_ENDS = {Phase.PUBLISHED, Phase.CANCELLED}


@dataclass(frozen=True, slots=True)
class Due:
    """When something of a round goes, and whether that moment is there."""

    kept: Kept
    at: datetime
    over: bool


def due_of(phase: Phase, since: datetime, now: datetime) -> tuple[Due, ...]:
    """Return when each thing of a round goes; nothing while the round has not ended.

    :param since: when the round came into ``phase``: the result was published, or it stopped.
    """
    if phase not in _ENDS:
        return ()
    return tuple(
        Due(kept, since + term.after, over=now >= since + term.after)
        for kept, term in TERMS.items()
        if term.of_round
    )
