"""Ballots and the projects that they support, as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pb_engine.api import Election
from pb_engine.api.counting import Whole

WORD = 64
"""Bits in a number of a column."""

LARGEST = 2**62
"""Sums below this are safe in columns of 64 bits."""


class Crowd:
    """All ballots of an election; projects are known by their places in it.

    :ivar times: how often each distinct ballot was cast.
    :ivar rows: per project: which distinct ballots support it, ascending.
    :ivar costs: per project, in cents.
    :ivar exact: the type of a column of parts of cents: 64 bits, or Python's own numbers when the
        amounts are so large that 64 bits could overflow.
    """

    def __init__(self, election: Election) -> None:
        support = election.support
        self.rows = support.rows
        self.costs = [int(project.cost) for project in election.projects]
        # The projects of a division cost two budgets at most, and a cent has as many parts as
        # there are ballots at most.
        most = 2 * max(int(election.budget), 1) * max(int(support.times.sum()), 1)
        self.exact = np.dtype(np.int64 if most < LARGEST else object)
        self.times = support.times.astype(self.exact)
        self.voters = support.voters
        self._counts = support.times
        self._bits = _bits(self.rows, len(support.times))
        self._place: Whole = np.full(len(support.times), -1, dtype=np.int64)

    def shared(self, one: int, other: int) -> tuple[Whole, Whole]:
        """Return the ballots that support both: their places in ``rows`` of each."""
        theirs = self.rows[other]
        self._place[theirs] = np.arange(len(theirs))
        found = self._place[self.rows[one]]
        self._place[theirs] = -1
        (mine,) = np.nonzero(found >= 0)
        return mine, found[mine]

    def supported(self, ballots: Whole) -> frozenset[int]:
        """Return the projects that one of these ballots supports."""
        if not len(ballots):
            return frozenset()
        found = [np.bitwise_or.reduce(bits[ballots]) for bits in self._bits]
        bits = np.unpackbits(np.array(found, dtype="<u8").view(np.uint8), bitorder="little")
        return frozenset(np.flatnonzero(bits).tolist())

    def reach(self, projects: Iterable[int]) -> NDArray[np.bool_]:
        """Say of every distinct ballot whether it supports one of these."""
        reached = np.zeros(len(self._counts), dtype=np.bool_)
        for at in projects:
            reached[self.rows[at]] = True
        return reached

    def count(self, reached: NDArray[np.bool_]) -> int:
        """Return how many ballots these are."""
        return int(self._counts[reached].sum())

    def further(self, reached: NDArray[np.bool_], among: Iterable[int]) -> dict[int, int]:
        """Return for projects how many ballots support them and are not among these."""
        left = np.where(reached, 0, self._counts)
        return {at: int(left[self.rows[at]].sum()) for at in among}

    def cost(self, projects: Iterable[int]) -> int:
        """Return what projects cost together, in cents."""
        return sum(self.costs[at] for at in projects)

    def density(self, projects: Iterable[int]) -> Fraction:
        """Return what projects cost per ballot that supports one of them.

        No division of the costs has a smaller heaviest load, whatever else is chosen.
        """
        some = tuple(projects)
        return Fraction(self.cost(some), self.count(self.reach(some)))


def _bits(rows: Sequence[Whole], ballots: int) -> NDArray[np.uint64]:
    """Write down by ballot, a bit for each, which projects it supports."""
    bits = np.zeros((-(-len(rows) // WORD), ballots), dtype="<u8")
    for at, supporters in enumerate(rows):
        word, bit = divmod(at, WORD)
        bits[word, supporters] |= np.uint64(1 << bit)
    return bits
