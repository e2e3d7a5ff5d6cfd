"""How much a resident can still change, phase by phase.

Somebody who hears of a plan late can change little of it, and at the start, when much is open, few
people hear of it.  So every phase says what is open, what is fixed, and what closes next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import gettext  # type: ignore[import-untyped]

from web.texts import N_, day

if TYPE_CHECKING:  # the pages of the box use these words, and load nothing of the site's store
    from pb_engine.services.pages import RoundPage

MOST = 4
"""Full room for influence, in steps."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a phase leaves open.

    :ivar level: 0 (nothing) to ``MOST``.
    """

    level: int
    word: str
    open: tuple[str, ...]
    fixed: tuple[str, ...]


_RULES = N_("De spelregels: hoeveel geld er is, wie mag stemmen en hoe we tellen.")
_COUNTING = Room(
    0,
    N_("Niets meer"),
    (),
    (N_("Alle stemmen zijn binnen. Niemand kan nog iets veranderen, ook wij niet."), _RULES),
)
ROOMS: Mapping[str, Room] = MappingProxyType(
    {
        "draft": Room(
            4,
            N_("Bijna alles"),
            (
                N_("De spelregels zijn nog een voorstel. Zeg ons wat u ervan vindt."),
                N_("Welke ideeën er komen."),
            ),
            (N_("Voor welk gebied de ronde is."),),
        ),
        "ideas": Room(
            3,
            N_("Veel"),
            (
                N_("Welke ideeën er zijn: dat bepaalt u."),
                N_("Uw eigen idee kunt u nog terugtrekken."),
            ),
            (_RULES,),
        ),
        "review": Room(
            2,
            N_("Een deel"),
            (
                N_("Een idee kan nog anders worden. Dat gaat in overleg met wie het bedacht."),
                N_("Bent u het niet eens met een oordeel? Laat dat dan weten."),
            ),
            (N_("Er komen geen nieuwe ideeën meer bij."), _RULES),
        ),
        "voting": Room(
            1,
            N_("Alleen de keuze"),
            (N_("Welke ideeën geld krijgen: dat kiest u."),),
            (N_("Welke ideeën op het stembiljet staan en wat ze kosten."), _RULES),
        ),
        "closed": _COUNTING,
        "opened": _COUNTING,
        "counted": _COUNTING,
        "explained": _COUNTING,
        "published": Room(
            1,
            N_("Alleen de uitvoering"),
            (N_("Hoe een gekozen idee wordt gemaakt. Wie het bedacht, praat daarover mee."),),
            (N_("Welke ideeën geld krijgen."), _RULES),
        ),
    }
)
_LAST = {
    "ideas": N_("Let op: na %(day)s kunnen er geen ideeën meer bij."),
    "review": N_("Let op: na %(day)s staat vast welke ideeën op het stembiljet komen."),
    "voting": N_("Let op: na %(day)s kunt u niet meer stemmen."),
}


def room_of(page: RoundPage) -> Room | None:
    """Return what this phase leaves open; ``None`` for a round that was stopped."""
    return ROOMS.get(str(page.phase))


def last_chance(page: RoundPage) -> str:
    """Say until when the room of this phase lasts, where a day ends it."""
    sentence, calendar = _LAST.get(str(page.phase)), page.round.calendar
    if sentence is None:
        return ""
    review = calendar.appeal or calendar.review
    spans = {"ideas": calendar.ideas, "review": review, "voting": calendar.voting}
    return str(gettext(sentence, day=day(spans[str(page.phase)].closes)))
