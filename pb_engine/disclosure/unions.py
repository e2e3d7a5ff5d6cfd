"""Whether whole groups, added and subtracted between two tables, leave only a few persons.

Adding any groups of one table and taking away any groups of the other that lie inside the sum is
too many combinations to try.  The smallest remainder is a smallest cut (Picard, "Maximal closure
of a graph", Management Science 22, 1976): choosing a group below forces all groups above that it
overlaps, and each pair "chosen above, not chosen below" costs the persons in both.  A remainder of
nobody is no danger, so one overlap at a time is forced to remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pb_engine.disclosure.flow import Network

Members = frozenset[bytes]
_SINK = ("remains",)


def isolates_by_unions(above: Sequence[Members], below: Sequence[Members], least: int) -> bool:
    """Tell whether some groups above, minus some below inside them, are 1 to ``least`` - 1 persons.

    :param above: disjoint sets.
    :param below: disjoint sets.
    """
    inside = frozenset[bytes]().union(*above)
    usable = [group for group in below if group <= inside]
    return _Cuts(above, usable, least).find()


class _Cuts:
    def __init__(self, above: Sequence[Members], below: Sequence[Members], least: int) -> None:
        self._least = least
        self._network = Network()
        self._chosen = [self._network.link(("b", j), _SINK, 0) for j in range(len(below))]
        covered = frozenset[bytes]().union(*below)
        self._outside = [len(group - covered) for group in above]
        self._above: list[dict[int, int]] = [{} for _ in above]
        self._below: list[dict[int, int]] = [{} for _ in below]
        for i, group in enumerate(above):
            self._network.link(("a", i), _SINK, self._outside[i])
            self._add_overlaps(i, group, below)

    def _add_overlaps(self, i: int, group: Members, below: Sequence[Members]) -> None:
        for j, other in enumerate(below):
            if both := len(group & other):
                # The way back is never cut: whoever takes ``other`` away must have ``group``.
                self._network.link(("a", i), ("b", j), both, self._least)
                self._above[i][j] = self._below[j][i] = both

    def find(self) -> bool:
        left = any(
            0 < outside < self._least and self._remainder(i) < self._least
            for i, outside in enumerate(self._outside)
        )
        return left or any(
            self._short_ways(i, j) < self._least and self._remainder(i, j) < self._least
            for i, overlaps in enumerate(self._above)
            for j in overlaps
        )

    def _short_ways(self, i: int, j: int) -> int:
        # What surely remains, by looking at ways of at most three steps.  In most tables that is
        # plenty, and the search for a smallest cut is spared.
        sent = self._outside[i] + self._above[i][j]
        room = {other: both for other, both in self._below[j].items() if other != i}
        for via, width in self._above[i].items():
            if sent >= self._least:
                break
            if via != j:
                sent += _poured(width, room, self._below[via])
        return sent

    def _remainder(self, i: int, j: int | None = None) -> int:
        # Capped at ``least``; more is not asked for.
        network = self._network.copy()
        if j is not None:
            network.set_room(self._chosen[j], self._least)
        return network.carry(("a", i), _SINK, self._least)


def _poured(width: int, room: dict[int, int], reached: Iterable[int]) -> int:
    # Pour ``width`` into what is reached, as far as there is room; the room shrinks.
    left = width
    for other in reached:
        step = min(left, room.get(other, 0))
        if step:
            room[other] -= step
            left -= step
        if not left:
            break
    return width - left
