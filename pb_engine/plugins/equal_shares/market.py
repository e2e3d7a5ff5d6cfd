"""An election as Equal Shares sees it: who could pay for what, in columns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pb_engine.api import BallotFormat, Election, Settings
from pb_engine.api.counting import Support
from pb_engine.plugins.equal_shares.settings import WEIGHED

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Stall:
    """One project and its supporters.

    :ivar at: its place in the election.
    :ivar value: what it is worth to a supporter whose mark weighs 1: its cost, or 1.
    :ivar lot: its place in the lot.
    :ivar rows: the distinct ballots that support it.
    :ivar times: how often each of those was cast; ``counts`` is the same in reals, exactly.
    :ivar weights: the weight of each mark; ``None`` when all are 1.
    :ivar score: ``times`` by weights: the whole support.
    :ivar plain: every ballot was cast once and every weight is 1.
    """

    at: int
    cost: int
    value: int
    lot: int
    rows: Whole
    times: Whole
    counts: Reals
    weights: Whole | None
    score: int
    plain: bool

    @property
    def voters(self) -> int:
        """How many ballots support it."""
        return int(self.times.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """All projects that have a price and supporters, and those that are free.

    :ivar stalls: projects that cost something and have supporters.
    :ivar free: places of projects that cost nothing and have supporters, in the lot's order.
    :ivar ballots: how many distinct ballots there are.
    :ivar scores: the whole support of every project of the election.
    """

    election: Election
    stalls: tuple[Stall, ...]
    free: tuple[int, ...]
    support: Support
    ballots: int
    voters: int
    scores: tuple[int, ...]

    @classmethod
    def of(cls, election: Election, settings: Settings) -> Market:
        """Lay out an election.

        :raises TallyRefused: the lot does not hold every project once.
        """
        lot = election.lot_places()
        by_cost = settings["utility"] == "cost"
        weigh = _Weights(election, settings)
        stalls = []
        support = election.support
        for at, project in enumerate(election.projects):
            rows, weights = weigh(at)
            times = support.times[rows]
            stalls.append(
                Stall(
                    at=at,
                    cost=project.cost,
                    value=project.cost if by_cost else 1,
                    lot=lot[at],
                    rows=rows,
                    times=times,
                    counts=times.astype(np.float64),
                    weights=weights,
                    score=int(times.sum()) if weights is None else int(times @ weights),
                    plain=weights is None and bool(np.all(times == 1)),
                )
            )
        supported = [stall for stall in stalls if stall.score]
        return cls(
            election=election,
            stalls=tuple(stall for stall in supported if stall.cost),
            free=tuple(s.at for s in sorted(supported, key=lambda s: s.lot) if not s.cost),
            support=support,
            ballots=len(support.times),
            voters=election.profile.voters,
            scores=tuple(stall.score for stall in stalls),
        )

    def stall_at(self, at: int) -> Stall | None:
        """Return the stall of the project at this place, if it has one."""
        here = bisect_left(self.stalls, at, key=lambda stall: stall.at)
        found = self.stalls[here] if here < len(self.stalls) else None
        return found if found is not None and found.at == at else None


class _Weights:
    """Who supports a project and how much; only support above nothing is support."""

    def __init__(self, election: Election, settings: Settings) -> None:
        self.support = election.support
        self.votes = settings["by"] == "votes" and settings["utility"] not in WEIGHED
        self.first: int | None = None
        if election.profile.format is BallotFormat.RANKING:
            self.first = settings["places"] or int(election.profile.columns.lengths.max(initial=0))

    def __call__(self, at: int) -> tuple[Whole, Whole | None]:
        rows, weights = self.support.rows[at], self.support.weights[at]
        if self.votes:
            return rows, None
        if self.first is not None:
            places = np.ones(len(rows), dtype=np.int64) if weights is None else weights
            weights = self.first + 1 - places
        if weights is None:
            return rows, None
        kept = weights > 0
        return rows[kept], weights[kept]
