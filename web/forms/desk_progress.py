"""The form in which an official says how it goes with a funded idea."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pb_engine.services.progress import NewProgress

_DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4}))", re.ASCII)


def day_of(typed: str) -> date | None:
    """Return a day from ``2027-11-30`` or ``30-11-2027``.

    :raises ValueError: something was typed that is no day.
    """
    tidied = typed.strip()
    if not tidied:
        return None
    found = _DAY.fullmatch(tidied)
    if found is None:
        raise ValueError("this is no day")
    first, last = found.group(1, 2, 3), found.group(6, 5, 4)
    year, month, day = (int(one) for one in (first if first[0] else last))
    return date(year, month, day)


def read_progress(sent: Mapping[str, str], photo: bytes = b"") -> tuple[NewProgress, bool]:
    """Return what a form says, and whether its day can be read; the service checks the rest."""
    try:
        ready_on, readable = day_of(sent.get("ready_on", "")), True
    except ValueError:
        ready_on, readable = None, False
    told = NewProgress(
        state=sent.get("state", ""),
        owner=sent.get("owner", ""),
        ready_on=ready_on,
        body=sent.get("body", ""),
        photo=photo,
        alternative=sent.get("alternative", ""),
    )
    return told, readable
