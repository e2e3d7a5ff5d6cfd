"""Moving whole persons through a network: the arithmetic under suppression and differencing.

Source: Ford and Fulkerson, "Maximal flow through a network" (1956); paths by Dijkstra (1959).
Everything is an integer, so an amount that fits is always made of whole persons.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable
from itertools import count

Node = Hashable
Price = Callable[[int], int | None]
"""What passing an arc costs; ``None`` closes the arc."""


def free(_arc: int) -> int:
    """Let every arc be passed for nothing."""
    return 0


class Network:
    """Arcs with room on them.  Arc ``n`` and arc ``n ^ 1`` are the two directions of one link."""

    def __init__(self) -> None:
        self._heads: list[Node] = []
        self._room: list[int] = []
        self._out: dict[Node, list[int]] = {}

    def link(self, tail: Node, head: Node, room: int, back: int = 0) -> int:
        """Add a link with room both ways; return the number of its forward arc."""
        arc = len(self._heads)
        for start, end, space in ((tail, head, room), (head, tail, back)):
            self._out.setdefault(start, []).append(len(self._heads))
            self._heads.append(end)
            self._room.append(space)
        return arc

    def copy(self) -> Network:
        """Return the same links with room of their own; links must not be added afterwards."""
        twin = Network()
        twin._heads, twin._out = self._heads, self._out
        twin._room = self._room.copy()
        return twin

    def set_room(self, arc: int, room: int) -> None:
        """Change the room of one arc."""
        self._room[arc] = room

    def cheapest_path(self, source: Node, sink: Node, price: Price = free) -> list[int]:
        """Return the arcs of a cheapest path that has room; empty when there is none.

        Among equally cheap paths always the same one is chosen.
        """
        turn = count()
        reached: dict[Node, int] = {}
        waiting: list[tuple[int, int, Node, int]] = [(0, next(turn), source, -1)]
        while waiting:
            cost, _, node, by = heapq.heappop(waiting)
            if node in reached:
                continue
            reached[node] = by
            if node == sink:
                return self._trace(reached, source, sink)
            for arc in self._out.get(node, ()):
                extra = price(arc) if self._room[arc] > 0 else None
                if extra is not None and self._heads[arc] not in reached:
                    heapq.heappush(waiting, (cost + extra, next(turn), self._heads[arc], arc))
        return []

    def _trace(self, reached: dict[Node, int], source: Node, sink: Node) -> list[int]:
        path: list[int] = []
        node = sink
        while node != source:
            path.append(reached[node])
            node = self._heads[path[-1] ^ 1]
        return path[::-1]

    def push(self, path: list[int], limit: int) -> int:
        """Send as much as fits along the path, at most ``limit``; return how much that was."""
        amount = min(limit, *(self._room[arc] for arc in path))
        for arc in path:
            self._room[arc] -= amount
            self._room[arc ^ 1] += amount
        return amount

    def carry(self, source: Node, sink: Node, limit: int, price: Price = free) -> int:
        """Send as much as fits from source to sink, at most ``limit``; return how much."""
        sent = 0
        while sent < limit and (path := self.cheapest_path(source, sink, price)):
            sent += self.push(path, limit - sent)
        return sent
