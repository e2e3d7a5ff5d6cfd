"""Hiding small counts in a table, with enough others that none of them can be worked out.

Source: the threshold rule of output checking (least 10 persons, as in the ACRO defaults of the UK
research data services), with complementary suppression over networks as in ``doubt``.

Units: persons per cell.  Guarantee, for a reader who knows the released table, the rule that
totals are sums, and that counts are not negative: every count below the threshold is hidden (also
0, because "nobody" is a statement about everybody), could be any of a range of at least
``threshold`` + 1 numbers, and no hidden count at all is fixed by the rest.  Cells of one release
are hidden together, by a rule that sees counts only; the order in which they are given plays no
part.

Not guaranteed: protection from comparing with *another* table (``differencing``), from a reader
who knows contributors, from reasoning about the choice of company (``doubt``), or of attributes
that everybody in a shown cell shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pb_engine.disclosure.additive import CountTable, Label
from pb_engine.disclosure.doubt import company
from pb_engine.disclosure.refusals import DisclosureRefused

THRESHOLD = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A count that may be read."""

    count: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """A count that may not; whether small or hidden for company is not told."""


Cell = Shown | Hidden


def suppress(
    table: CountTable,
    *,
    threshold: int = THRESHOLD,
    public: AbstractSet[Label] = frozenset(),
) -> Mapping[Label, Cell]:
    """Return every cell of the table, shown or hidden, in the order of the table.

    :param public: cells that are known anyway, such as official totals; never hidden.
    :raises DisclosureRefused: public cells give a small count away, so the table cannot be released
        at all; an unknown public cell; or a threshold below 2.
    """
    _check(table, threshold, public)
    small = [c for c in table.cells if c.count < threshold and c.label not in public]
    hidden = {cell.label for cell in small}
    # Company needs no company: each such cell was chosen because it can move.
    for cell in sorted(small, key=lambda cell: (cell.count, cell.label)):
        hidden |= company(table, hidden, public, cell.label, threshold)
    return {c.label: Hidden() if c.label in hidden else Shown(c.count) for c in table.cells}


def _check(table: CountTable, threshold: int, public: AbstractSet[Label]) -> None:
    if threshold < 2:  # noqa: PLR2004 - below 2 the rule hides nobody
        raise DisclosureRefused(f"a threshold of {threshold} protects nobody; the least is 2")
    for label in sorted(public):
        table.find(label)
