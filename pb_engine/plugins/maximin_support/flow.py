"""A maximum flow of money from projects to ballots, a project at a time instead of a ballot.

What is owed for a project flows downhill in waves, as in the preflows of Karzanov (1974) and of
Goldberg and Tarjan (1988).  A project lies as high as it has steps to a ballot with room: from a
project to one of its ballots, and from there to a project for which this ballot pays and can be
relieved.  All ballots between two projects are used at once, as one column.

A push goes one step down, so it opens no way that is shorter than those there are: nothing ever
gets lower.  What a wave leaves at a project has used up every step down from there, so that project
lies higher in the next one.  No project lies higher than there are projects; so the waves end.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from pb_engine.plugins.maximin_support.crowd import Crowd
from pb_engine.plugins.maximin_support.division import Division, portions

Layer = dict[int, frozenset[int]]
"""Projects that are equally high, each with the projects that it can relieve of a debt."""


class Flow:
    """Costs on their way to ballots that carry at most a given load.

    All numbers are whole: a cent has as many parts as the load has in its denominator.

    :ivar owed: what each project still has to be paid.
    :ivar paid: what each ballot pays for each project, per project.
    :ivar room: what each distinct ballot can still carry.
    :ivar stuck: the last wave: the projects from which no way leads to room.  When something
        stays owed, it is for these: their ballots are full, and pay for no other project.
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
        self.stuck: frozenset[int] = frozenset()

    @property
    def division(self) -> Division:
        """Return who pays what now."""
        return Division(self.load.denominator, self.paid)

    @property
    def lacks(self) -> int:
        """Return what is owed for all projects together, in parts."""
        return sum(self.owed.values())

    def run(self, enough: int = 0) -> int:
        """Pay until no more than this many parts are owed, or until nothing more can be paid.

        Return what is owed then.
        """
        for at in self.paid:
            self._fill(at)
        while self.lacks > enough and self._wave():
            pass
        return self.lacks

    def _wave(self) -> bool:
        """Let everything that is owed flow down once; say whether any of it could."""
        layers = list(self._layers())
        if not any(self.owed[at] for layer in layers for at in layer):
            return False
        for lower, upper in reversed(list(pairwise(layers))):
            for other, above in lower.items():
                for at in above & upper.keys():
                    self._relieve(at, other)
        for at in layers[0]:
            self._fill(at)
        return True

    def _layers(self) -> Iterator[Layer]:
        """Yield projects by height, until all that are owed something have been met."""
        waiting = set(self.paid)
        layer = {at for at in self.paid if self.room[self.crowd.rows[at]].any()}
        while layer:
            waiting -= layer
            wanted = any(self.owed[at] for at in waiting)
            above = {
                at: self._above(at) if wanted else frozenset() for at in self.paid if at in layer
            }
            yield above
            layer = waiting.intersection(frozenset().union(*above.values()))
        self.stuck = frozenset(waiting)

    def _above(self, other: int) -> frozenset[int]:
        """Return the projects that share a ballot with this one which pays for this one."""
        return self.crowd.supported(self.crowd.rows[other][self.paid[other] > 0])

    def _relieve(self, at: int, other: int) -> None:
        """Let ballots pay for a project that is owed what they paid for the other one."""
        if not (owed := self.owed[at]):
            return
        mine, theirs = self.crowd.shared(at, other)
        relief = self.paid[other][theirs]
        total = int(relief.sum())
        amount = min(owed, total)
        taken = portions(relief, amount, total)
        self.paid[other][theirs] -= taken
        self.paid[at][mine] += taken
        self.owed[at] -= amount
        self.owed[other] += amount

    def _fill(self, at: int) -> None:
        """Let ballots with room pay for a project that is owed."""
        if not (owed := self.owed[at]):
            return
        rows = self.crowd.rows[at]
        room = self.room[rows]
        total = int(room.sum())
        amount = min(owed, total)
        taken = portions(room, amount, total)
        self.room[rows] -= taken
        self.paid[at] += taken
        self.owed[at] -= amount
