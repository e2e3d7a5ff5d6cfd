"""The limits that META sets to a ballot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pb_engine.tallying.columns import Whole
from pb_engine.tallying.pabulib.marks import BadBallot, Marks
from pb_engine.tallying.pabulib.sections import Meta

_SAFE = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What a ballot may hold at most; ``None`` is no limit."""

    max_length: int | None
    max_sum_points: int | None
    max_points: int | None
    max_sum_cost: int | None
    costs: np.typing.NDArray[np.int64] | np.typing.NDArray[np.object_]

    @classmethod
    def of(cls, meta: Meta, costs: Iterable[int], unit: int) -> Limits:
        """Read the limits; costs and ``max_sum_cost`` are in units of ``1 / unit``.

        :raises InvalidElectionFile: a limit is not a number.
        """
        listed = list(costs)
        small = sum(listed) < _SAFE
        spend = meta.amount("max_sum_cost")
        return cls(
            max_length=meta.whole("max_length"),
            max_sum_points=meta.whole("max_sum_points"),
            max_points=meta.whole("max_points"),
            max_sum_cost=None if spend is None else spend.digits * unit // 10**spend.places,
            costs=np.array(listed, dtype=np.int64 if small else object),
        )

    def check(self, marks: Marks) -> None:
        """Refuse the first ballot over a limit.

        :raises BadBallot: naming limit and number.
        """
        _at_most(marks.lengths, self.max_length, "vote", "projects", "max_length")
        if marks.weights is not None:
            sums = _sums(marks, marks.weights)
            _at_most(sums, self.max_sum_points, "points", "points", "max_sum_points")
            self._check_points(marks)
        if self.max_sum_cost is not None:
            sums = _sums(marks, self.costs[marks.projects])
            _at_most(sums, self.max_sum_cost, "vote", "in costs", "max_sum_cost")

    def _check_points(self, marks: Marks) -> None:
        if self.max_points is None or marks.weights is None:
            return
        over = np.flatnonzero(marks.weights > self.max_points)
        if len(over):
            raise BadBallot(
                int(marks.ballots[over[0]]),
                "points",
                f"{marks.weights[over[0]]} points for one project; max_points is {self.max_points}",
            )


def _sums(
    marks: Marks, values: np.typing.NDArray[np.int64] | np.typing.NDArray[np.object_]
) -> Whole:
    before = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])
    ends = np.cumsum(marks.lengths)
    return np.asarray(before[ends] - before[ends - marks.lengths])


def _at_most(numbers: Whole, limit: int | None, field: str, what: str, key: str) -> None:
    if limit is None:
        return
    over = np.flatnonzero(numbers > limit)
    if len(over):
        at = int(over[0])
        raise BadBallot(at, field, f"{numbers[at]} {what}; {key} is {limit}")
