"""An election as Equal Shares sees it: who could pay for what, in columns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from math import gcd, inf

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
    :ivar mass: ``times`` by weights, in reals, exactly.
    :ivar score: the sum of ``mass``: the whole support.
    :ivar plain: every ballot was cast once and every weight is 1.
    :ivar voters: how many ballots support it.
    :ivar opening: its price per value while all supporters can pay it; rounded once.
    """

    at: int
    cost: int
    value: int
    lot: int
    rows: Whole
    times: Whole
    counts: Reals
    weights: Whole | None
    mass: Reals
    score: int
    plain: bool
    voters: int
    opening: float


@dataclass(frozen=True, slots=True)
class Flat:
    """The supporters of all stalls one after the other.

    :ivar starts: where each stall begins.
    """

    rows: Whole
    counts: Reals
    starts: Whole


@dataclass(frozen=True, eq=False)
class Market:
    """All projects that have a price and supporters, and those that are free.

    :ivar stalls: projects that cost something and have supporters.
    :ivar free: places of projects that cost nothing and have supporters, in the lot's order.
    :ivar ballots: how many distinct ballots there are.
    :ivar scores: the whole support of every project of the election.
    :ivar backers: which distinct ballots support every project of the election.
    :ivar by_cost: whether a project is worth its cost to its supporters.
    """

    election: Election
    stalls: tuple[Stall, ...]
    free: tuple[int, ...]
    support: Support
    ballots: int
    voters: int
    scores: tuple[int, ...]
    backers: tuple[Whole, ...]
    by_cost: bool

    @classmethod
    def of(cls, election: Election, settings: Settings) -> Market:
        """Lay out an election.

        :raises TallyRefused: the lot does not hold every project once.
        """
        lot = election.lot_places()
        by_cost = settings["utility"] == "cost"
        weigh = _Weights(election, settings)
        support = election.support
        stalls = [
            _stall(at, project.cost, project.cost if by_cost else 1, lot[at], *weigh(at), support)
            for at, project in enumerate(election.projects)
        ]
        supported = [stall for stall in stalls if stall.score]
        return cls(
            election=election,
            stalls=tuple(stall for stall in supported if stall.cost),
            free=tuple(s.at for s in sorted(supported, key=lambda s: s.lot) if not s.cost),
            support=support,
            ballots=len(support.times),
            voters=election.profile.voters,
            scores=tuple(stall.score for stall in stalls),
            backers=tuple(stall.rows for stall in stalls),
            by_cost=by_cost,
        )

    def stall_at(self, at: int) -> Stall | None:
        """Return the stall of the project at this place, if it has one."""
        here = bisect_left(self.stalls, at, key=lambda stall: stall.at)
        found = self.stalls[here] if here < len(self.stalls) else None
        return found if found is not None and found.at == at else None

    def with_more(self, at: int, ballots: int) -> Market:
        """Return the same with so many further ballots that mark only the project at this place.

        The lists of further ballots are one distinct ballot at the end; marks weigh 1.
        """
        old = self.stall_at(at)
        times = np.append(self.support.times, ballots)
        rows = np.append(self.backers[at], self.ballots)
        weights = None if old is None or old.weights is None else np.append(old.weights, 1)
        support = replace(self.support, times=times)
        cost = self.election.projects[at].cost
        value = cost if self.by_cost else 1
        new = _stall(at, cost, value, self.election.lot_places()[at], rows, weights, support)
        others = [stall for stall in self.stalls if stall.at != at]
        return replace(
            self,
            stalls=tuple(sorted([*others, *([new] if cost else ())], key=lambda stall: stall.at)),
            free=self.free if cost or at in self.free else (*self.free, at),
            support=support,
            ballots=self.ballots + 1,
            voters=self.voters + ballots,
            scores=tuple(new.score if i == at else one for i, one in enumerate(self.scores)),
            backers=tuple(rows if i == at else one for i, one in enumerate(self.backers)),
        )

    def without(self, at: int) -> Market:
        """Return the same, where the project at this place cannot be bought."""
        return replace(self, stalls=tuple(stall for stall in self.stalls if stall.at != at))

    @cached_property
    def marks(self) -> int:
        """How many marks the distinct ballots have on projects that cost something."""
        return sum(len(stall.rows) for stall in self.stalls)

    @cached_property
    def opening(self) -> list[float]:
        """The opening price of every project of the election; infinite where there is no stall."""
        prices = [inf] * len(self.election.projects)
        for stall in self.stalls:
            prices[stall.at] = stall.opening
        return prices

    @cached_property
    def queue(self) -> list[tuple[float, int, Stall]]:
        """All stalls by opening price, equal ones by lot."""
        return sorted((stall.opening, stall.lot, stall) for stall in self.stalls)

    @cached_property
    def distinct(self) -> bool:
        """Whether opening prices that are equal in reals are certainly equal.

        Two different fractions n/d and m/e lie at least 1/(m*d) apart, relatively.
        """
        terms = [(s.cost, s.score * s.value) for s in self.stalls]
        reduced = [(n // gcd(n, d), d // gcd(n, d)) for n, d in terms]
        most = [max(side, default=1) for side in zip(*reduced, strict=True)] or [1, 1]
        return most[0] * most[1] < 2**50

    @cached_property
    def flat(self) -> Flat:
        """The supporters of all stalls, for sums over all of them at once."""
        sizes = np.array([len(stall.rows) for stall in self.stalls], dtype=np.int64)
        return Flat(
            rows=np.concatenate([stall.rows for stall in self.stalls]),
            counts=np.concatenate([stall.counts for stall in self.stalls]),
            starts=np.cumsum(sizes) - sizes,
        )


def _stall(
    at: int,
    cost: int,
    value: int,
    lot: int,
    rows: Whole,
    weights: Whole | None,
    support: Support,
) -> Stall:
    times = support.times[rows]
    voters = int(times.sum())
    score = voters if weights is None else int(times @ weights)
    plain = weights is None and voters == len(rows)
    if plain:
        # One 1 that is read many times: cities whose ballots all differ have many supporters.
        times = np.broadcast_to(np.int64(1), len(rows))
    counts = np.broadcast_to(np.float64(1), len(rows)) if plain else times.astype(np.float64)
    return Stall(
        at=at,
        cost=cost,
        value=value,
        lot=lot,
        rows=rows,
        times=times,
        counts=counts,
        weights=weights,
        mass=counts if weights is None else counts * weights,
        score=score,
        plain=plain,
        voters=voters,
        opening=cost / (score * value) if score and value else inf,
    )


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
