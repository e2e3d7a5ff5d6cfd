"""A letter as values: to whom it goes, and the code in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pb_engine.services.printable import printable

LONGEST_LINE = 60
"""Longer names are cut, or they would leave the window of the envelope."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter goes.

    :ivar name: ``""`` where the register holds no names; the letter is then for "de bewoner".
    :ivar street: ``""`` where nobody said how it is called.
    :ivar house: number and addition, ``12 A``.
    :ivar postcode: six characters, ``7523AB``.
    """

    name: str
    street: str
    house: str
    postcode: str
    place: str

    def lines(self) -> tuple[str, ...]:
        """Return the lines on the envelope, as they are printed."""
        street = f"{self.street} {self.house}" if self.street else f"Huisnummer {self.house}"
        postcode = f"{self.postcode[:4]} {self.postcode[4:]}"
        lines = (self.name or "De bewoner van", street, f"{postcode}  {self.place.upper()}")
        return tuple(map(_line, lines))


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a batch.

    :ivar number: its place in the batch, from 1.
    :ivar code: in groups of four; the only place where it is readable.
    :ivar address: ``None``: it is handed over, or goes to an address that the print shop knows.
    :ivar area: as in the area tree of the round.
    """

    number: int
    code: str = field(repr=False)
    address: Address | None = None
    area: str | None = None


def _line(text: str) -> str:
    # Two spaces stand between postcode and place; everything else is one line of plain words.
    plain = "  ".join(map(printable, text.split("  "))) if "  " in text else printable(text)
    return plain if len(plain) <= LONGEST_LINE else plain[: LONGEST_LINE - 1].rstrip() + "…"
