"""Count tables with their totals, as networks in which every cell is one link.

Units: persons (or ballots) per cell.  A one-way table, a two-way table, a tree of areas, and areas
of a tree crossed with one flat variable are all networks in which every total is "what flows in
flows out" (Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput.
17, 1988; Cox, "Network models for complementary cell suppression", JASA 90, 1995).  Crossing *two*
trees or three variables is no network any more and is therefore not offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.disclosure.flow import Node
from pb_engine.disclosure.refusals import DisclosureRefused
from pb_engine.disclosure.trees import Tree, read_tree

Label = tuple[str, ...]
"""A cell's name: a category, or an area and a category; ``TOTAL`` stands for all of them."""

TOTAL = "*"
_OUTSIDE: Node = ("outside",)


@dataclass(frozen=True, slots=True)
class CountCell:
    """One cell: a count that flows from ``tail`` to ``head``."""

    label: Label
    count: int
    tail: Node
    head: Node


@dataclass(frozen=True, slots=True)
class CountTable:
    """Cells and totals of one table, in a fixed order."""

    cells: tuple[CountCell, ...]

    def find(self, label: Label) -> CountCell:
        """Return the cell with this label.

        :raises DisclosureRefused: the table has no such cell.
        """
        for cell in self.cells:
            if cell.label == label:
                return cell
        raise DisclosureRefused(f"the table has no cell {label!r}")


def one_way(counts: Mapping[str, int]) -> CountTable:
    """Make a table of categories and their total, labelled ``(category,)`` and ``(TOTAL,)``.

    :raises DisclosureRefused: no category, a category named ``*``, or a count that is no count.
    """
    return tree_table(dict.fromkeys(_categories(counts), TOTAL), counts)


def two_way(counts: Mapping[tuple[str, str], int]) -> CountTable:
    """Make a table with row, column and grand totals; a combination not given counts 0.

    :raises DisclosureRefused: as for ``one_way``.
    """
    rows = _categories({row: 0 for row, _ in counts})
    return area_table(dict.fromkeys(rows, TOTAL), counts)


def tree_table(parents: Mapping[str, str], counts: Mapping[str, int]) -> CountTable:
    """Make a table of areas, each total being the sum of its parts; labels are ``(area,)``.

    :param parents: the area in which each area lies; one area, the whole, lies in none.
    :param counts: persons per smallest area; one not given counts 0.
    :raises DisclosureRefused: not a tree, an unknown or larger area in ``counts``, a bad count.
    """
    tree = read_tree(parents)
    sums = tree.sums({area: _checked((area,), count) for area, count in counts.items()})

    def cell(area: str) -> CountCell:
        tail = ("split", parents[area]) if area in parents else _OUTSIDE
        head = _OUTSIDE if tree.is_leaf(area) else ("split", area)
        return CountCell((area,), sums[area], tail, head)

    return CountTable(tuple(cell(area) for area in tree.areas))


def area_table(parents: Mapping[str, str], counts: Mapping[tuple[str, str], int]) -> CountTable:
    """Make a table of areas (a tree) by categories, with all totals; labels are (area, category).

    :param parents: as for ``tree_table``.
    :param counts: persons per smallest area and category; a combination not given counts 0.
    :raises DisclosureRefused: as for ``tree_table``.
    """
    tree = read_tree(parents)
    columns = _categories({column: 0 for _, column in counts})
    cells = [cell for column in columns for cell in _column(tree, parents, counts, column)]
    return CountTable((*cells, *_totals(tree, parents, cells)))


def _column(
    tree: Tree, parents: Mapping[str, str], counts: Mapping[tuple[str, str], int], column: str
) -> list[CountCell]:
    sums = tree.sums({a: _checked((a, c), n) for (a, c), n in counts.items() if c == column})

    def cell(area: str) -> CountCell:
        tail = ("split", parents[area], column) if area in parents else ("row", area)
        head = ("row", area) if tree.is_leaf(area) else ("split", area, column)
        return CountCell((area, column), sums[area], tail, head)

    return [cell(area) for area in tree.areas]


def _totals(tree: Tree, parents: Mapping[str, str], cells: list[CountCell]) -> list[CountCell]:
    # Totals run against the cells, so that inflow and outflow agree in every row.  Rows of larger
    # areas need no equation of their own: it follows from the rows of the smallest ones.
    sums = dict.fromkeys(tree.areas, 0)
    for cell in cells:
        sums[cell.label[0]] += cell.count

    def total(area: str) -> CountCell:
        tail = ("row", area) if tree.is_leaf(area) else ("split", area, TOTAL)
        head = ("split", parents[area], TOTAL) if area in parents else ("row", area)
        return CountCell((area, TOTAL), sums[area], tail, head)

    return [total(area) for area in tree.areas]


def _categories(names: Mapping[str, int]) -> list[str]:
    if not names:
        raise DisclosureRefused("a table needs at least one category")
    if TOTAL in names:
        raise DisclosureRefused(f"{TOTAL!r} stands for the total and cannot name a category")
    return sorted(names)


def _checked(label: Label, count: int) -> int:
    if type(count) is not int or count < 0:
        raise DisclosureRefused(f"cell {label!r} holds {count!r}; a count is 0 or more")
    return count
