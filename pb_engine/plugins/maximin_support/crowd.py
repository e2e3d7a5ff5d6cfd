"""Ballots put together by which of the chosen projects they support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pb_engine.api import Election


@dataclass(frozen=True, slots=True)
class Group:
    """Ballots that support exactly these of the chosen projects.

    :ivar places: the projects, by their places in the election.
    :ivar ballots: how many ballots.
    """

    places: tuple[int, ...]
    ballots: int


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """All ballots, grouped by the chosen projects.

    :ivar chosen: places of the chosen projects.
    :ivar labels: per distinct ballot: which of ``members`` it is.
    """

    election: Election
    chosen: tuple[int, ...]
    labels: NDArray[np.int64]
    members: Sequence[tuple[int, ...]]

    @classmethod
    def of(cls, election: Election) -> Crowd:
        """Return the crowd before anything is chosen."""
        return cls(election, (), np.zeros(len(election.support.times), dtype=np.int64), [()])

    def choosing(self, at: int) -> Crowd:
        """Return the crowd with one more chosen project."""
        supports = self.labels * 2
        supports[self.election.support.rows[at]] += 1
        found, labels = np.unique(supports, return_inverse=True)
        members = [self.members[one // 2] + ((at,) if one % 2 else ()) for one in found.tolist()]
        return Crowd(self.election, (*self.chosen, at), labels.ravel(), members)

    def groups(self) -> list[Group]:
        """Return the groups that support something."""
        ballots = np.zeros(len(self.members), dtype=np.int64)
        np.add.at(ballots, self.labels, self.election.support.times)
        pairs = zip(self.members, ballots.tolist(), strict=True)
        return [Group(places, number) for places, number in pairs if places]
