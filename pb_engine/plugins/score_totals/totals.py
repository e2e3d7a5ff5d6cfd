"""Totals per project, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pb_engine.api import BallotFormat, Election, Project, Settings

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """A project in the ranking.

    :ivar total: points, added up.
    :ivar lot: its place in the lot, which decides between equals.
    :ivar per_cost: whether points count per euro.
    """

    project: Project
    voters: int
    total: int
    lot: int
    per_cost: bool

    def worth(self, total: int) -> tuple[bool, Fraction]:
        """Return what counts for the order if the project had this total; more stands higher."""
        if not self.per_cost:
            return False, Fraction(total)
        if not self.project.cost:
            return total > 0, Fraction(0)
        return False, Fraction(total, self.project.cost)

    def above(self, other: Standing, total: int) -> bool:
        """Say whether it would stand above ``other`` with this total."""
        mine, theirs = self.worth(total), other.worth(other.total)
        return mine > theirs or (mine == theirs and self.lot < other.lot)


def standings(election: Election, settings: Settings) -> list[Standing]:
    """Return all projects, the highest first.

    :raises TallyRefused: the lot does not hold every project once.
    """
    columns = zip(
        election.projects,
        election.support.voters,
        _totals(election, settings),
        election.lot_places(),
        strict=True,
    )
    per_cost = settings["order"] == "total_per_cost"
    ranking = [Standing(*column, per_cost) for column in columns]
    # Sorted twice: the second sort keeps the lot's order between equals.
    ranking.sort(key=lambda one: one.lot)
    ranking.sort(key=lambda one: one.worth(one.total), reverse=True)
    return ranking


def _totals(election: Election, settings: Settings) -> Sequence[int]:
    support = election.support
    if election.profile.format is not BallotFormat.RANKING:
        return support.scores
    lengths = _lengths(election, settings)
    totals = []
    for rows, weights in zip(support.rows, support.weights, strict=True):
        places = np.ones(len(rows), dtype=np.int64) if weights is None else weights
        points = lengths[rows] + settings["last"] - places
        totals.append(int(support.times[rows] @ points.clip(min=0)))
    return totals


def _lengths(election: Election, settings: Settings) -> Whole:
    """Return for every distinct ballot how many places there are points for."""
    own = election.profile.columns.lengths
    length = settings["length"]
    if length == "own":
        return own
    if length == "longest":
        return np.full_like(own, own.max(initial=0))
    fixed = len(election.projects) if length == "paper" else settings["places"]
    return np.full_like(own, fixed)


def points_short(loser: Standing, goal: Standing | None, settings: Settings) -> int:
    """Return the least number of further points with which ``loser`` would have been funded.

    :param goal: the project that it has to overtake, if any.
    """
    least: int = max(settings["minimum_points"], loser.total)
    if goal is not None:
        least = max(least, _total_above(loser, goal))
    return least - loser.total


def _total_above(loser: Standing, goal: Standing) -> int:
    """Return the least total with which ``loser`` stands above ``goal``, which is not free.

    A free project changes nothing for those below it, so it is never the lowest place that fits.
    """
    if not loser.per_cost:
        return goal.total + (loser.lot > goal.lot)
    if not loser.project.cost:
        return loser.total if loser.above(goal, loser.total) else max(loser.total, 1)
    near = goal.total * loser.project.cost // goal.project.cost
    return next(total for total in (near, near + 1) if loser.above(goal, total))
