"""Reading amounts that must be exact."""

from __future__ import annotations

from fractions import Fraction

from pb_engine.disclosure.refusals import DisclosureRefused


def positive_fraction(value: object, name: str) -> Fraction:
    """Return an integer or fraction above 0 as a fraction; a float is never exact, so refused.

    :raises DisclosureRefused: anything else.
    """
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool) and value > 0:
        return Fraction(value)
    raise DisclosureRefused(f"{name} is {value!r}; an exact number above 0 is needed")
