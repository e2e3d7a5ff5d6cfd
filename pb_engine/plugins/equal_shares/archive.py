"""Who paid what, ballot by ballot: for counts in which very many projects are bought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pb_engine.plugins.equal_shares.market import Whole


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """The first so many purchases, by the ballots that paid them in full.

    :ivar purchases: how many purchases are in here.
    :ivar ends: where the entries of each ballot end, and those of the next begin.
    :ivar entries: the purchases that each ballot paid, one ballot after the other.
    :ivar weights: with what weight each was paid.
    """

    purchases: int
    ends: Whole
    entries: Whole
    weights: Whole

    @classmethod
    def empty(cls, ballots: int) -> Archive:
        """Return an archive without purchases."""
        none = np.zeros(0, dtype=np.int64)
        return cls(0, np.zeros(ballots, dtype=np.int64), none, none)

    def grown(self, payers: Sequence[tuple[Whole, Whole | None]]) -> Archive:
        """Return an archive of all these purchases."""
        ballots = np.concatenate([rows for rows, _ in payers])
        order = np.argsort(ballots, kind="stable")
        entries = np.repeat(np.arange(len(payers)), [len(rows) for rows, _ in payers])
        weights = np.concatenate(
            [np.ones(len(rows), dtype=np.int64) if w is None else w for rows, w in payers]
        )
        ends = np.cumsum(np.bincount(ballots, minlength=len(self.ends)))
        return Archive(len(payers), ends, entries[order], weights[order])

    def counts(self, rows: Whole, times: Whole) -> Iterator[tuple[int, int]]:
        """Yield purchases with how often (by weight) these ballots paid them; none twice."""
        if not self.purchases:
            return
        starts = np.where(rows > 0, self.ends[rows - 1], 0)
        lengths = self.ends[rows] - starts
        before = np.cumsum(lengths) - lengths
        at = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
        found, which = np.unique(self.entries[at], return_inverse=True)
        sums = np.zeros(len(found), dtype=np.int64)
        np.add.at(sums, which, self.weights[at] * np.repeat(times, lengths))
        yield from zip(found.tolist(), sums.tolist(), strict=True)
