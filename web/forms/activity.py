"""The form in which an official notes what was done to reach residents."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.services.activities import NewActivity
from web.forms.desk_progress import day_of

_LONGEST_NUMBER = 9
NO_NUMBER = -1
"""What somebody typed for a number that is none; the service refuses it."""


def read_activity(sent: Mapping[str, str], file: bytes) -> NewActivity:
    """Return what a form says; the service checks it."""
    try:
        day = day_of(sent.get("day", ""))
    except ValueError:
        day = None
    return NewActivity(
        day=day,
        kind=sent.get("kind", ""),
        place=sent.get("place", ""),
        people=count_of(sent.get("people", "").strip()),
        result=sent.get("result", ""),
        file=file,
    )


def count_of(typed: str) -> int | None:
    """Return a number that was typed, nothing where nothing was, ``NO_NUMBER`` for words."""
    if not typed:
        return None
    plain = typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_NUMBER
    return int(typed) if plain else NO_NUMBER
