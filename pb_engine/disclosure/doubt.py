"""How much doubt a table leaves about a hidden cell, and what else to hide for more of it.

Source: Gusfield (1988) and Cox (1995), see ``additive``.  A reader of the table knows every shown
value, that totals are sums, and that no count is negative.  What the cell may then be is a range
of whole numbers; its ends follow from a largest flow, exactly, and every number between them is
possible.

Not guaranteed: doubt against a reader who knows contributors of the cell, or who reasons from
*why* this cell and no other was chosen for company (Wong et al., "Minimality attack", VLDB 2007).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pb_engine.disclosure.additive import TOTAL, CountCell, CountTable, Label
from pb_engine.disclosure.flow import Network, Node
from pb_engine.disclosure.refusals import DisclosureRefused


@dataclass(frozen=True, slots=True)
class Doubt:
    """The true count could be this much lower or higher, in persons; each capped at a limit."""

    down: int
    up: int


def doubt(table: CountTable, hidden: AbstractSet[Label], label: Label, limit: int) -> Doubt:
    """Return how far a reader is from knowing this hidden cell; (0, 0) means that it is known.

    :raises DisclosureRefused: the table has no such cell.
    """
    cell = table.find(label)
    down, up = (_Search(table, hidden, cell, limit) for _ in range(2))
    return Doubt(down.lower(limit), up.higher(limit))


def company(
    table: CountTable,
    hidden: AbstractSet[Label],
    public: AbstractSet[Label],
    label: Label,
    least: int,
) -> frozenset[Label]:
    """Return which further cells to hide so that a hidden cell is in doubt by ``least`` persons.

    Cells with few persons are taken first, public cells never.  The same table gives the same
    answer.

    :raises DisclosureRefused: the public cells leave too little doubt whatever else is hidden.
    """
    cell = table.find(label)
    now = doubt(table, hidden, label, least)
    up = _Search(table, hidden, cell, least, public)
    higher = up.higher(least - now.down)
    if higher + now.down >= least:
        return frozenset(up.taken)
    down = _Search(table, hidden | up.taken, cell, least, public)
    if higher + down.lower(least - higher) < least:
        raise DisclosureRefused(
            f"the public cells give away cell {label!r} whatever else is hidden"
        )
    return frozenset(up.taken | down.taken)


class _Search:
    # One question to one network: what can flow round the cell, through which other cells.

    def __init__(
        self,
        table: CountTable,
        hidden: AbstractSet[Label],
        cell: CountCell,
        limit: int,
        public: AbstractSet[Label] | None = None,
    ) -> None:
        self.taken: set[Label] = set()
        self._cell = cell
        self._hidden = hidden
        self._network = Network()
        self._arcs: dict[int, CountCell] = {}
        closed = {c.label for c in table.cells} - hidden if public is None else public
        for other in table.cells:
            if other.label != cell.label and other.label not in closed:
                # A count has no ceiling, but nobody looks for more than the limit.
                arc = self._network.link(other.tail, other.head, limit, other.count)
                self._arcs[arc] = other

    def higher(self, limit: int) -> int:
        return self._carry(self._cell.head, self._cell.tail, limit)

    def lower(self, limit: int) -> int:
        return self._carry(self._cell.tail, self._cell.head, min(limit, self._cell.count))

    def _carry(self, source: Node, sink: Node, limit: int) -> int:
        sent = 0
        while sent < limit and (path := self._network.cheapest_path(source, sink, self._price)):
            sent += self._network.push(path, limit - sent)
            labels = {self._arcs[arc & ~1].label for arc in path}
            self.taken |= labels - self._hidden
        return sent

    def _price(self, arc: int) -> int:
        other = self._arcs[arc & ~1]
        known = other.label in self._hidden or other.label in self.taken
        # Among equals a total stays readable.
        return 0 if known else 2 * other.count + 1 + (TOTAL in other.label)
