"""Trees of areas as far as sums need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.disclosure.refusals import DisclosureRefused


@dataclass(frozen=True, slots=True)
class Tree:
    """Areas in an order in which every area stands after the one it lies in.

    :ivar children: the parts of each area, sorted; no entry for a smallest area.
    """

    areas: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]

    def is_leaf(self, area: str) -> bool:
        """Tell whether the area has no parts."""
        return area not in self.children

    def sums(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Return the count of every area from those of the smallest ones; one not given is 0.

        :raises DisclosureRefused: a count for an area that is unknown or has parts.
        """
        for area in counts:
            if area not in self.areas or not self.is_leaf(area):
                raise DisclosureRefused(f"{area!r} is no smallest area of the tree")
        sums = {area: counts.get(area, 0) for area in self.areas}
        for area in reversed(self.areas):
            sums[area] += sum(sums[part] for part in self.children.get(area, ()))
        return sums


def read_tree(parents: Mapping[str, str]) -> Tree:
    """Read a tree from "this area lies in that one".

    :raises DisclosureRefused: no area, not exactly one whole, or areas that lie in each other.
    """
    wholes = sorted(set(parents.values()) - parents.keys())
    if len(wholes) != 1:
        raise DisclosureRefused(f"a tree has one whole; this one has {wholes}")
    parts: dict[str, list[str]] = {}
    for area in sorted(parents):
        parts.setdefault(parents[area], []).append(area)
    areas = list(wholes)
    for area in areas:  # grows while it is read: breadth first
        areas.extend(parts.get(area, ()))
    if lost := sorted(parents.keys() - set(areas)):
        raise DisclosureRefused(f"the areas {lost} lie in each other")
    return Tree(tuple(areas), {area: tuple(inside) for area, inside in parts.items()})
