"""Few enough stops to read, and whole amounts that still add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def largest(totals: Mapping[Key, Fraction], most: int) -> list[Key]:
    """Return the keys with the largest totals, falling; at most ``most`` of them.

    One more is returned where it would be the only one left out: it needs no merging.
    """
    order = sorted(totals, key=lambda key: -totals[key])
    return order if len(order) <= most + 1 else order[:most]


def whole_parts(parts: Mapping[Key, Fraction]) -> dict[Key, int]:
    """Round parts down or up so that their sum stays what it is, which is whole.

    The parts that lost most by rounding down get one back.
    """
    floors = {key: int(part) for key, part in parts.items()}
    spare = int(sum(parts.values(), Fraction(0))) - sum(floors.values())
    lost = sorted(parts, key=lambda key: floors[key] - parts[key])
    for key in lost[:spare]:
        floors[key] += 1
    return floors


def added(pairs: Iterable[tuple[Key, Fraction]]) -> dict[Key, Fraction]:
    """Add up amounts by key."""
    sums: dict[Key, Fraction] = defaultdict(Fraction)
    for key, amount in pairs:
        sums[key] += amount
    return dict(sums)
