"""What an official types for one sheet: numbers, or a letter for what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import request

from pb_engine.errors import InvalidBallot, PaperRefused
from pb_engine.services.paper.names import Reading
from pb_engine.services.paper.reading import read_sheet
from web.base import engine
from web.texts import N_

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "b": "blank",
        "o": "unreadable",
        "m": "too_many",
        "a": "other",
        "l": "late",
        "v": "foreign",
    }
)
DEFECTS: Mapping[str, str] = MappingProxyType(
    {
        "blank": N_("blanco"),
        "unreadable": N_("onleesbaar"),
        "too_many": N_("te veel aangekruist"),
        "other": N_("iets anders"),
        "late": N_("te laat ingeleverd"),
        "foreign": N_("geen biljet van deze ronde"),
    }
)
LONGEST = 2000
_MISTYPED = frozenset({"typed", "unknown", "duplicate", "format"})


def typed_sheet(slug: str) -> Reading:
    """Read the sheet that was typed into the form of this request.

    :raises PaperRefused: it cannot be entered like this; ``problem="limits"`` when the marks break
        the limits of the paper.
    """
    typed = request.form.get("typed", "").strip()[:LONGEST]
    defect = LETTERS.get(typed.casefold(), "")
    remark = request.form.get("remark", "")[:LONGEST]
    try:
        return read_sheet(engine(), slug, "" if defect else typed, defect, remark)
    except InvalidBallot as problem:
        kind = "typed" if problem.details.get("problem") in _MISTYPED else "limits"
        raise PaperRefused(problem.sentence, problem=kind) from problem


def whole(name: str) -> int:
    """Return a whole number from the form of this request; 0 where there is none."""
    typed = request.form.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0  # noqa: PLR2004
