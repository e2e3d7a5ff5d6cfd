"""How streets are called: the register knows no more than a postcode and a house number."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from pb_engine.errors import LetterRefused

Streets = Mapping[str, tuple[str, str]]
"""Street and place by postcode of six characters; the place may be empty."""

_LARGEST = 50 * 1024 * 1024
_NEEDED = ("postcode", "street")


def read_streets(path: Path) -> Streets:
    """Read a CSV with the columns ``postcode``, ``street`` and, if wanted, ``place``.

    :raises LetterRefused: the file is no such CSV; the sentence names the line.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise LetterRefused(f"{path.name} is larger than 50 MiB", problem="streets")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(path.name, csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise LetterRefused(f"{path.name} cannot be read as CSV", problem="streets") from problem


def _read(name: str, rows: csv.DictReader[str]) -> Streets:
    columns = rows.fieldnames or ()
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise LetterRefused(f"{name} has no column {', '.join(missing)}", problem="streets")
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        postcode = "".join((row["postcode"] or "").split()).upper()
        street = (row["street"] or "").strip()
        if len(postcode) != 6 or not street:  # noqa: PLR2004 - a Dutch postcode: 7523AB
            sentence = f"{name}, line {rows.line_num}: a postcode like 7523AB and a street belong"
            raise LetterRefused(f"{sentence} here", problem="streets")
        found[postcode] = (street, (row.get("place") or "").strip())
    return found
