"""Areas: a tree from municipality to address sets, and the question where an address lies.

A four-digit postcode decides nothing: 7523 covers four sub-neighbourhoods of two
neighbourhoods.  What decides is the six-character postcode with the house number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from pb_engine.units import AreaId

_ADDRESS = re.compile(
    r"\s*([1-9][0-9]{3})\s*([A-Za-z]{2})\s+([1-9][0-9]{0,4})\s*([A-Za-z0-9 -]{0,8})\s*"
)
_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")


class AreaKind(StrEnum):
    """The level of an area, largest first."""

    MUNICIPALITY = "gemeente"
    DISTRICT = "stadsdeel"
    NEIGHBOURHOOD = "wijk"
    SUB_NEIGHBOURHOOD = "buurt"


class Parity(StrEnum):
    """Which house numbers of a range belong to it."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Area:
    """A node of the tree.

    :ivar parent: the area it lies in; ``None`` for the municipality.
    :ivar residents: how many people live there, where the round says so.
    """

    id: AreaId
    kind: AreaKind
    name: str
    parent: AreaId | None = None
    residents: int | None = None


@dataclass(frozen=True, slots=True)
class AddressRange:
    """House numbers ``first`` to ``last`` on one six-character postcode, lying in ``area``."""

    area: AreaId
    postcode: str
    first: int
    last: int
    parity: Parity = Parity.ALL

    def holds(self, address: Address) -> bool:
        """Tell whether the address lies in this range."""
        if address.postcode != self.postcode or not self.first <= address.number <= self.last:
            return False
        return self.parity is Parity.ALL or (address.number % 2 == 1) == (self.parity is Parity.ODD)


@dataclass(frozen=True, slots=True)
class Address:
    """A Dutch address as far as an area needs it: postcode, house number, addition."""

    postcode: str
    number: int
    addition: str = ""

    @classmethod
    def read(cls, text: str) -> Address | None:
        """Read ``7523 AB 12a``; return ``None`` when it does not look like an address."""
        found = _ADDRESS.fullmatch(text)
        if not found:
            return None
        digits, letters, number, addition = found.groups()
        return cls(digits + letters.upper(), int(number), addition.strip(" -").upper())

    def __str__(self) -> str:
        """Write the address in the form that ``read`` takes."""
        # 12 with the addition 3 is another house than 123.
        dash = "-" if self.addition[:1].isdigit() else ""
        return f"{self.postcode} {self.number}{dash}{self.addition}"


@dataclass(frozen=True, slots=True)
class AreaTree:
    """The areas of a round with their address sets."""

    areas: tuple[Area, ...]
    addresses: tuple[AddressRange, ...] = ()
    _by_postcode: dict[str, list[AddressRange]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Sort the ranges by postcode once: a register asks for two hundred thousand addresses."""
        for part in self.addresses:
            self._by_postcode.setdefault(part.postcode, []).append(part)

    def find(self, area: AreaId) -> Area | None:
        """Return the area with this identifier, or ``None``."""
        return next((node for node in self.areas if node.id == area), None)

    def locate(self, address: Address) -> AreaId | None:
        """Return the smallest area whose address set holds the address, or ``None``."""
        near = self._by_postcode.get(address.postcode, ())
        return next((part.area for part in near if part.holds(address)), None)

    def lies_in(self, area: AreaId, any_of: Iterable[AreaId]) -> bool:
        """Tell whether ``area`` is one of these areas, or lies in one of them."""
        wanted = frozenset(any_of)
        at: AreaId | None = area
        while at is not None:
            if at in wanted:
                return True
            node = self.find(at)
            at = node.parent if node else None
        return False

    def flaw(self) -> str | None:
        """Return a sentence about the first flaw of the tree, or ``None``."""
        known: set[AreaId] = set()
        for area in self.areas:
            if area.id in known:
                return f"area {area.id!r} stands there twice"
            if area.parent is not None and area.parent not in known:
                return (
                    f"area {area.id!r} names the parent {area.parent!r}, which must stand before it"
                )
            known.add(area.id)
        for part in self.addresses:
            if part.area not in known:
                return f"address range {part.postcode} names the unknown area {part.area!r}"
            if not _POSTCODE.fullmatch(part.postcode):
                return f"postcode {part.postcode!r} must look like 7523AB"
            if part.first > part.last or part.first < 1:
                return f"address range {part.postcode} must run from a lower to a higher number"
        return _overlap(self.addresses)


def _overlap(ranges: Iterable[AddressRange]) -> str | None:
    # An address that lies in two areas would make eligibility a matter of order.
    seen: dict[str, list[AddressRange]] = {}
    for part in ranges:
        for other in seen.setdefault(part.postcode, []):
            meet = part.first <= other.last and other.first <= part.last
            parities = {part.parity, other.parity}
            if meet and parities != {Parity.ODD, Parity.EVEN} and part.area != other.area:
                return f"postcode {part.postcode}: two ranges overlap and name different areas"
        seen[part.postcode].append(part)
    return None
