"""Levels of detail: exact age to age band to everybody, sub-neighbourhood to district to everybody.

A level that cuts across another is refused: postcodes and neighbourhoods are two trees, and 18-29
beside 25-34 is no tree at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pb_engine.disclosure.refusals import DisclosureRefused

EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The levels of one attribute.

    :ivar levels: names from coarse to fine, without the level of everybody.
    :ivar rows: for each value that a record may hold, its value at every level.
    :raises DisclosureRefused: no level, a level named twice, a row of another length, or a value
        that lies in two values of the level above it.
    """

    attribute: str
    levels: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        if not self.levels or len(set(self.levels)) != len(self.levels):
            raise DisclosureRefused(f"{self.attribute!r} needs levels with different names")
        for value, row in self.rows.items():
            if len(row) != len(self.levels):
                raise DisclosureRefused(
                    f"{self.attribute!r}: value {value!r} needs {len(self.levels)} levels"
                )
        for depth in range(1, len(self.levels)):
            self._check_nesting(depth)

    def _check_nesting(self, depth: int) -> None:
        above: dict[str, str] = {}
        for row in self.rows.values():
            if above.setdefault(row[depth], row[depth - 1]) != row[depth - 1]:
                raise DisclosureRefused(
                    f"{self.attribute!r}: {row[depth]!r} lies in both {above[row[depth]]!r} "
                    f"and {row[depth - 1]!r}"
                )

    def at(self, level: str, value: str) -> str:
        """Return what ``value`` is called at this level.

        :raises DisclosureRefused: an unknown level, or a value that the hierarchy does not hold.
        """
        if level not in self.levels:
            raise DisclosureRefused(f"{self.attribute!r} has no level {level!r}")
        if value not in self.rows:
            raise DisclosureRefused(f"{self.attribute!r} does not know the value {value!r}")
        return self.rows[value][self.levels.index(level)]


def age_bands(
    attribute: str, levels: Mapping[str, Sequence[int]], youngest: int, oldest: int
) -> Hierarchy:
    """Make levels of age bands in whole years; values are ages in decimal digits.

    :param levels: from coarse to fine, the lowest age of every band; ``youngest`` is always one.
        The last band is open: ``75+``.
    :raises DisclosureRefused: a finer level does not keep the cuts of a coarser one, or ages run
        the wrong way.
    """
    if youngest > oldest:
        raise DisclosureRefused(f"ages cannot run from {youngest} to {oldest}")
    bands = [_bands(lows, youngest, oldest) for lows in levels.values()]
    rows = {str(age): tuple(names[age] for names in bands) for age in range(youngest, oldest + 1)}
    return Hierarchy(attribute, tuple(levels), rows)


def area_levels(
    attribute: str, levels: Sequence[str], parents: Mapping[str, str], smallest: Iterable[str]
) -> Hierarchy:
    """Make levels from "this area lies in that one"; the last level is the smallest area itself.

    :raises DisclosureRefused: an area does not lie in as many areas as there are levels above it.
    """
    rows: dict[str, tuple[str, ...]] = {}
    for area in smallest:
        path = [area]
        while len(path) < len(levels) and path[-1] in parents:
            path.append(parents[path[-1]])
        rows[area] = tuple(reversed(path))
    return Hierarchy(attribute, tuple(levels), rows)


def _bands(lows: Sequence[int], youngest: int, oldest: int) -> Mapping[int, str]:
    starts = sorted({youngest, *(low for low in lows if youngest < low <= oldest)})
    names: dict[int, str] = {}
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        name = f"{start}+" if following is None else f"{start}-{following - 1}"
        for age in range(start, oldest + 1 if following is None else following):
            names[age] = name
    return names
