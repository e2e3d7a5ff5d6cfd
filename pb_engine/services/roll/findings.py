"""What can be found in a row of a register: a closed list, each with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pb_engine.units import LocalText


class Level(StrEnum):
    """What a finding means for its row."""

    WRONG = "wrong"
    LEFT_OUT = "left_out"
    NOTE = "note"


_WRONG = {
    "cells": LocalText(
        "De regel heeft meer of minder vakken dan de kop.",
        "The row has more or fewer cells than the header.",
    ),
    "control": LocalText(
        "Er staat een onzichtbaar stuurteken in.", "It holds an invisible control character."
    ),
    "long": LocalText("Een vak is te lang.", "A cell is too long."),
    "postcode": LocalText(
        "De postcode ziet er niet uit als 7523AB.", "The postcode does not look like 7523AB."
    ),
    "house": LocalText(
        "Het huisnummer is geen getal van 1 tot 99999.",
        "The house number is not a number from 1 to 99999.",
    ),
    "addition": LocalText(
        "De toevoeging heeft andere tekens dan letters en cijfers, of is te lang.",
        "The addition has other signs than letters and digits, or is too long.",
    ),
    "birth_year": LocalText(
        "Het geboortejaar is geen jaartal dat kan kloppen.",
        "The birth year is not a year that can be right.",
    ),
    "age_band": LocalText(
        "De leeftijdsgroep ziet er niet uit als 18-24 of 75+.",
        "The age band does not look like 18-24 or 75+.",
    ),
    "age_missing": LocalText(
        "Er is geen geboortejaar en geen leeftijdsgroep, en deze ronde vraagt een leeftijd.",
        "There is no birth year and no age band, and this round asks an age.",
    ),
    "same_person": LocalText(
        "Dit persoonsnummer staat ook op een andere regel.",
        "This person number stands on another line too.",
    ),
    "same_name": LocalText(
        "Dezelfde naam, hetzelfde adres en dezelfde leeftijd staan ook op een andere regel.",
        "The same name, address and age stand on another line too.",
    ),
}
_LEFT_OUT = {
    "area": LocalText(
        "Het adres ligt niet in het gebied van de ronde.",
        "The address does not lie in the area of the round.",
    ),
    "age": LocalText(
        "Op de peildatum te jong voor deze ronde.",
        "Too young for this round on the reference date.",
    ),
    "too_old": LocalText(
        "Op de peildatum te oud voor deze ronde.",
        "Too old for this round on the reference date.",
    ),
}
_NOTES = {
    "secret": LocalText(
        "Geheim adres: er gaat geen brief heen. De code is op te halen bij de balie.",
        "Secret address: no letter goes there. The code can be had at the counter.",
    ),
    "band_over_age": LocalText(
        "De leeftijdsgroep begint onder de minimumleeftijd; de bewoner krijgt het voordeel van "
        "de twijfel.",
        "The age band begins below the minimum age; the resident is given the benefit of the "
        "doubt.",
    ),
    "alike": LocalText(
        "Dezelfde naam, hetzelfde adres en dezelfde leeftijd als een andere regel, met een ander "
        "persoonsnummer: twee mensen.",
        "The same name, address and age as another line, with another person number: two people.",
    ),
    "email": LocalText(
        "Het e-mailadres kan niet kloppen en is weggelaten.",
        "The e-mail address cannot be right and was left out.",
    ),
}

KINDS: Mapping[str, tuple[Level, LocalText]] = MappingProxyType(
    {
        kind: (level, text)
        for level, listed in (
            (Level.WRONG, _WRONG),
            (Level.LEFT_OUT, _LEFT_OUT),
            (Level.NOTE, _NOTES),
        )
        for kind, text in listed.items()
    }
)
"""Every kind of finding: what it means for the row, and its sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    :ivar line: where the row begins, from 1, as an editor counts.
    :ivar detail: what more there is to say, such as the line of the double; never a name.
    """

    line: int
    kind: str
    detail: str = ""

    @property
    def level(self) -> Level:
        """What it means for the row."""
        return KINDS[self.kind][0]

    @property
    def sentence(self) -> LocalText:
        """The sentence of its kind."""
        return KINDS[self.kind][1]
