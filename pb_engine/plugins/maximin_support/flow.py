"""A maximum flow of money from projects to ballots, a project at a time instead of a ballot.

It works as Edmonds and Karp (1972) do: pay along shortest ways until there is none.  A way leads from a
project that is owed something to its ballots, from a ballot to another project that it pays for
and can be relieved of, and in the end to ballots with room.  All ballots between two projects
are used at once, as one column.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pb_engine.plugins.maximin_support.crowd import Crowd
from pb_engine.plugins.maximin_support.division import Division, portions

WORD = 64


class Flow:
    """Costs on their way to ballots that carry at most a given load.

    All numbers are whole: a cent has as many parts as the load has in its denominator.

    :ivar owed: what each project still has to be paid.
    :ivar paid: what each ballot pays for each project, per project.
    :ivar room: what each distinct ballot can still carry.
    :ivar reached: the last search: the projects it came to, each with the one it came from.
    """

    def __init__(self, crowd: Crowd, start: Division, load: Fraction) -> None:
        self.crowd, self.load = crowd, load
        self.paid = start.in_parts(load.denominator)
        self.room = crowd.times * load.numerator
        for at, paid in self.paid.items():
            self.room[crowd.rows[at]] -= paid
        self.owed = {
            at: crowd.costs[at] * load.denominator - int(paid.sum())
            for at, paid in self.paid.items()
        }
        self.reached: dict[int, int | None] = {}
        self._order = list(self.paid)
        self._bit = {at: divmod(number, WORD) for number, at in enumerate(self._order)}
        words = -(-len(self._order) // WORD)
        self._payers = np.zeros((len(crowd.times), words), dtype=np.uint64)
        for at in self._order:
            self._note(at, np.arange(len(crowd.rows[at])))

    @property
    def division(self) -> Division:
        """Return who pays what now."""
        return Division(self.load.denominator, self.paid)

    def run(self, enough: int = 0) -> int:
        """Pay until no more than this many parts are owed, or until nothing more can be paid.

        Return what is owed then.
        """
        for at, owed in self.owed.items():
            if owed:
                self._pay([at])
        while self.lacks > enough and (goals := self._search()):
            for goal in goals:
                self._pay(self._way(goal))
        return self.lacks

    @property
    def lacks(self) -> int:
        """Return what is owed for all projects together, in parts."""
        return sum(self.owed.values())

    def _note(self, at: int, places: NDArray[np.int64]) -> None:
        """Keep up, ballot by ballot, who pays something for a project."""
        word, bit = self._bit[at]
        rows, mask = self.crowd.rows[at][places], np.uint64(1 << bit)
        column = self._payers[:, word]
        pays = (self.paid[at][places] > 0).astype(np.uint64) << np.uint64(bit)
        column[rows] = (column[rows] & ~mask) | pays

    def _search(self) -> list[int]:
        """Walk from all projects that are owed; return the nearest ones whose ballots have room."""
        layer = [at for at, owed in self.owed.items() if owed]
        self.reached = dict.fromkeys(layer)
        fresh = np.ones(len(self.room), dtype=np.bool_)
        goals: list[int] = []
        while layer and not goals:
            following: list[int] = []
            for at in layer:
                rows = self.crowd.rows[at]
                rows = rows[fresh[rows]]
                fresh[rows] = False
                if self.room[rows].any():
                    goals.append(at)
                    continue
                for other in self._paid_by(rows):
                    if other not in self.reached:
                        self.reached[other] = at
                        following.append(other)
            layer = following
        return goals

    def _paid_by(self, rows: NDArray[np.int64]) -> list[int]:
        """Return the projects that one of these ballots pays for."""
        found = np.bitwise_or.reduce(self._payers[rows], axis=0)
        bits = np.unpackbits(found.view(np.uint8), bitorder="little")
        return [self._order[number] for number in np.flatnonzero(bits).tolist()]

    def _way(self, goal: int) -> list[int]:
        """Return the projects on the way to a goal, the one that is owed first."""
        way = [goal]
        while (before := self.reached[way[-1]]) is not None:
            way.append(before)
        return way[::-1]

    def _pay(self, way: list[int]) -> None:
        """Pay along a way as much as its narrowest part lets through."""
        rows = self.crowd.rows[way[-1]]
        room = self.room[rows]
        hops = [self.crowd.shared(one, other) for one, other in pairwise(way)]
        relief = [self.paid[at][places] for at, (_, places) in zip(way[1:], hops, strict=True)]
        totals = [int(values.sum()) for values in (*relief, room)]
        amount = min(self.owed[way[0]], *totals)
        if not amount:
            return
        for (one, other), (mine, theirs), values, total in zip(
            pairwise(way), hops, relief, totals, strict=False
        ):
            taken = portions(values, amount, total)
            self.paid[other][theirs] -= taken
            self.paid[one][mine] += taken
            self._note(other, theirs)
            self._note(one, mine)
        taken = portions(room, amount, totals[-1])
        self.room[rows] -= taken
        self.paid[way[-1]] += taken
        self._note(way[-1], np.arange(len(rows)))
        self.owed[way[0]] -= amount
