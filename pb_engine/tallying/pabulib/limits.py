"""The limits that META sets to a ballot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from pb_engine.tallying.columns import Whole
from pb_engine.tallying.pabulib.marks import BadBallot, Marks
from pb_engine.tallying.pabulib.sections import Meta
from pb_engine.tallying.pabulib.values import decimal_text

_SAFE = 2**62


Costs = np.typing.NDArray[np.int64] | np.typing.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most of something; ``None`` is no limit.

    :ivar keys: what META calls the two.
    :ivar unit: the numbers are in ``1 / unit`` of what the file writes.
    """

    least: int | None
    most: int | None
    keys: tuple[str, str]
    unit: int = 1

    def check(self, numbers: Costs, field: str, what: str) -> None:
        """Refuse the first number above.

        :raises BadBallot: naming number and limit; ``at`` is the place of the number.
        """
        if self.most is not None and bool((over := numbers > self.most).any()):
            at = int(np.argmax(over))
            given, most = (decimal_text(int(n), self.unit) for n in (numbers[at], self.most))
            raise BadBallot(at, field, f"{given} {what}; {self.keys[1]} is {most}")


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What META allows a ballot to hold."""

    length: Bounds
    sum_points: Bounds
    points: Bounds
    sum_cost: Bounds
    costs: Costs

    # Real cities count ballots below a minimum, so that those are no mistake of the file.

    @classmethod
    def of(cls, meta: Meta, costs: Iterable[int], unit: int) -> Limits:
        """Read the limits; costs and their sums are in units of ``1 / unit``.

        :raises InvalidElectionFile: a limit is not a number.
        """
        listed = list(costs)
        small = sum(listed) < _SAFE

        def whole(name: str, most: int | None = None) -> Bounds:
            keys = (f"min_{name}", f"max_{name}")
            found = meta.whole(keys[1])
            return Bounds(meta.whole(keys[0]), most if found is None else found, keys)

        def amount(key: str) -> int | None:
            found = meta.amount(key)
            return None if found is None else found.digits * unit // 10**found.places

        keys = ("min_sum_cost", "max_sum_cost")
        return cls(
            length=whole("length", 1 if meta.text["vote_type"] == "choose-1" else None),
            sum_points=whole("sum_points"),
            points=whole("points"),
            sum_cost=Bounds(amount(keys[0]), amount(keys[1]), keys, unit),
            costs=np.array(listed, dtype=np.int64 if small else object),
        )

    def check(self, marks: Marks) -> None:
        """Refuse the first ballot above a limit.

        :raises BadBallot: naming limit and number.
        """
        self.length.check(marks.lengths, "vote", "projects")
        if marks.weights is not None:
            self.sum_points.check(_sums(marks, marks.weights), "points", "points")
            try:
                self.points.check(marks.weights, "points", "points for one project")
            except BadBallot as problem:
                ballot = int(marks.ballots[problem.at])
                raise BadBallot(ballot, problem.field, problem.sentence) from problem
        if self.sum_cost.most is not None:
            self.sum_cost.check(_sums(marks, self.costs[marks.projects]), "vote", "in costs")

    def below(self, marks: Marks, times: Whole) -> Iterator[tuple[str, int]]:
        """Yield the minima of META, with how many ballots are below."""
        numbers: list[tuple[Bounds, Costs]] = [(self.length, marks.lengths)]
        if marks.weights is not None:
            numbers.append((self.sum_points, _sums(marks, marks.weights)))
        if self.sum_cost.least is not None:
            numbers.append((self.sum_cost, _sums(marks, self.costs[marks.projects])))
        for bounds, values in numbers:
            if bounds.least is not None:
                under = np.asarray(values < bounds.least, dtype=bool)
                least = decimal_text(bounds.least, bounds.unit)
                yield f"{bounds.keys[0]} {least}", int(times[under].sum())


def _sums(marks: Marks, values: Costs) -> Whole:
    sums = np.zeros(len(marks.lengths), dtype=values.dtype)
    filled = np.flatnonzero(marks.lengths)
    if len(filled):
        starts = (np.cumsum(marks.lengths) - marks.lengths)[filled]
        sums[filled] = np.add.reduceat(values, starts)
    return np.asarray(sums)
