"""Numbers of Pabulib files, exactly as written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pb_engine.tallying.pabulib.lines import refuse
from pb_engine.tallying.pabulib.tolerance import Tolerance

_PLAIN = re.compile(r"([+-]?)([0-9]{1,24})(?:\.([0-9]{0,24}))?")
_COMMA = re.compile(r"[0-9]{1,24},[0-9]{1,2}")
WITHDRAWN = 999_999_999
"""The cost by which Pabulib marks a withdrawn project."""


@dataclass(frozen=True, slots=True)
class Decimals:
    """A decimal number: ``digits / 10 ** places``, without trailing zeros."""

    digits: int
    places: int

    def times(self, unit: int) -> int:
        """Return this number in units of ``1 / unit``, where ``unit`` is fine enough."""
        return self.digits * (unit // int(10**self.places))


def decimals(text: str, line: int, field: str, *, negative: bool = False) -> Decimals:
    """Read a plain decimal number.

    :raises InvalidElectionFile: anything else: exponents, commas, NaN, no digits, below zero.
    """
    shown = repr(text[:40])
    match = _PLAIN.fullmatch(text.strip())
    if "," in text and match is None:
        raise refuse(line, field, f"{shown} has a comma; write decimals with a point")
    if match is None:
        raise refuse(line, field, f"{shown} is not a plain number of at most 24 digits")
    sign, whole, part = match.groups()
    part = (part or "").rstrip("0")
    digits = int(whole + part)
    if sign == "-" and digits and not negative:
        raise refuse(line, field, f"{shown} is below zero")
    return Decimals(-digits if sign == "-" else digits, len(part))


def repaired(text: str, line: int, field: str, tolerance: Tolerance) -> str:
    """Return an amount in which a lenient reader takes a decimal comma for a point.

    Only before one or two digits: before three, a comma may part thousands.
    """
    if not (tolerance.lenient and _COMMA.fullmatch(text.strip())):
        return text
    pointed = text.strip().replace(",", ".")
    tolerance.note(f"line {line}, {field}: {text.strip()[:40]!r} was read as {pointed[:40]}")
    return pointed


def whole_number(text: str, line: int, field: str, *, negative: bool = False) -> int:
    """Read a whole number; ``12.0`` is one too.

    :raises InvalidElectionFile: it is not.
    """
    number = decimals(text, line, field, negative=negative)
    if number.places:
        raise refuse(line, field, f"{text.strip()[:40]!r} is not a whole number")
    return number.digits


def common_unit(numbers: Iterable[Decimals]) -> int:
    """Return the unit in which all numbers are whole: cents, or finer where a file asks it."""
    return int(10 ** max(2, *(number.places for number in numbers)))
