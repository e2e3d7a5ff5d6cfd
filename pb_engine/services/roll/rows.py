"""One row of a register: from cells to a value, or to what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.areas import Address
from pb_engine.domain.eligibility import OLDEST, AgeBand

LONGEST_CELL = 200
_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})")
_HOUSE = re.compile(r"([1-9][0-9]{0,4})\s*[- ]?\s*([A-Za-z0-9 -]*)")
_ADDITION = re.compile(r"[A-Za-z0-9 -]{0,8}")
_EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_YEAR = re.compile(r"(?:\d{1,2}-\d{1,2}-)?([12][0-9]{3})(?:-\d{1,2}-\d{1,2})?(?:\.0)?")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says of one person.

    :ivar name: ``""`` where the register holds no names.
    :ivar band_text: the age band as the source spells it; ``""`` without one.
    :ivar email: ``""`` without one, or where it cannot be right.
    :ivar person: the municipality's own number; ``""`` without one.
    """

    line: int
    place: Address
    birth_year: int | None
    band: AgeBand | None
    band_text: str
    name: str
    email: str
    secret: bool
    person: str
    email_dropped: bool = False


# Letters that are typed without their stroke or dot, and that no decomposition knows.
_OTHER_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


class Flaw(Exception):
    """What is wrong with a row: a kind of finding, and a detail."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind, self.detail = kind, detail


def sought(name: str) -> str:
    """Return a name as a search compares it: small letters, no accents, single spaces."""
    parts = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(plain.casefold().translate(_OTHER_LETTERS).split())


def read_row(
    line: int, cells: list[str], places: Mapping[str, int], yes: frozenset[str], year: int
) -> Row:
    """Return what a row says.

    :param year: of the reference date.
    :raises Flaw: what is wrong with it.
    """
    told = {name: _clean(cells[at]) for name, at in places.items()}
    band_text = told.get("age_band", "")
    email = told.get("email", "").lower()
    fits = not email or bool(_EMAIL.fullmatch(email))
    born = _birth_year(told.get("birth_year", ""), year)
    return Row(
        line=line,
        place=_place(told["postcode"], told["house"], told.get("addition", "")),
        birth_year=born,
        band=_band(band_text) if born is None else None,
        band_text=band_text if born is None else "",
        name=told.get("name", ""),
        email=email if fits else "",
        secret=told.get("secret", "").casefold() in yes,
        person=told.get("person", ""),
        email_dropped=not fits,
    )


def _clean(cell: str) -> str:
    """Return a cell on one line, without spaces around it."""
    text = cell if cell.isascii() and cell.isprintable() else _careful(cell)
    text = " ".join(text.split())
    if len(text) > LONGEST_CELL:
        raise Flaw("long")
    return text


def _careful(cell: str) -> str:
    text = unicodedata.normalize("NFC", cell)
    if any(
        unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} for sign in "".join(text.split())
    ):
        raise Flaw("control")
    return text


def _place(postcode: str, house: str, addition: str) -> Address:
    digits = _POSTCODE.fullmatch(postcode)
    if not digits:
        raise Flaw("postcode", postcode[:12])
    # A spreadsheet turns whole numbers into 12.0 now and then.
    number = _HOUSE.fullmatch(house.removesuffix(".0"))
    if not number or (number[2] and addition):
        raise Flaw("house", house[:12])
    more = number[2] or addition
    if not _ADDITION.fullmatch(more):
        raise Flaw("addition", more[:12])
    return Address(digits[1] + digits[2].upper(), int(number[1]), more.strip(" -").upper())


def _birth_year(cell: str, year: int) -> int | None:
    if not cell:
        return None
    found = _YEAR.fullmatch(cell)
    born = int(found[1]) if found else 0
    if not year - OLDEST <= born <= year:
        raise Flaw("birth_year")
    return born


def _band(cell: str) -> AgeBand | None:
    if not cell:
        return None
    band = AgeBand.read(cell)
    if band is None:
        raise Flaw("age_band", cell[:20])
    return band
