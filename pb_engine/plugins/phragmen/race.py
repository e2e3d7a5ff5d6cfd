"""The race: which project can be paid for first, exactly.

Everybody earns at the same pace.  A project is bought at the moment at which its supporters
together have its cost; they pay all they have.  So what a ballot has spent is what everybody had
earned when a project of that ballot was last bought, and a few dozen such amounts stand for all
ballots.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np

from pb_engine.api import Election, Settings


@dataclass(frozen=True, slots=True)
class Runner:
    """A project in the race, by its place ``at`` in the election."""

    at: int
    cost: int
    voters: int
    lot: int


@dataclass(frozen=True, slots=True)
class Step:
    """A project came up.

    :ivar earned: what every ballot had earned by then, in cents.
    :ivar left: cents that were left just before.
    :ivar funded: whether the project fitted.
    :ivar tied: places of the projects that came up at exactly the same moment.
    :ivar spent: what the supporters of every project still in the race had spent before.
    """

    runner: Runner
    earned: Fraction
    left: int
    funded: bool
    tied: tuple[int, ...]
    spent: Mapping[int, Fraction]

    @property
    def at(self) -> int:
        """The place of the project in the election."""
        return self.runner.at

    @property
    def cost(self) -> int:
        """The cost of the project in cents."""
        return self.runner.cost


class Spending:
    """What every ballot has spent: one of few amounts, over one common denominator."""

    def __init__(self, election: Election) -> None:
        self.support = election.support
        self.amounts = [0]
        self.unit = 1
        self._which = np.zeros(len(self.support.times), dtype=np.int64)

    def of(self, at: int) -> Fraction:
        """Return what the supporters of a project have spent together."""
        rows = self.support.rows[at]
        counts = np.zeros(len(self.amounts), dtype=np.int64)
        np.add.at(counts, self._which[rows], self.support.times[rows])
        return Fraction(sum(map(int.__mul__, counts.tolist(), self.amounts)), self.unit)

    def raise_to(self, at: int, amount: Fraction) -> None:
        """Let every supporter of a project have spent ``amount``."""
        self._which[self.support.rows[at]] = len(self.amounts)
        factor = amount.denominator // gcd(self.unit, amount.denominator)
        self.unit *= factor
        self.amounts = [factor * one for one in self.amounts]
        self.amounts.append(amount.numerator * (self.unit // amount.denominator))


def runners(election: Election) -> list[Runner]:
    """Return the projects that have supporters and cost no more than the whole budget.

    :raises TallyRefused: the lot does not hold every project once.
    """
    columns = zip(election.projects, election.support.voters, election.lot_places(), strict=True)
    return [
        Runner(at, project.cost, voters, lot)
        for at, (project, voters, lot) in enumerate(columns)
        if voters and project.cost <= election.budget
    ]


def race(election: Election, settings: Settings) -> Iterator[Step]:
    """Yield the steps in order; with ``stop`` the first that does not fit is the last."""
    racing, left, spending = runners(election), int(election.budget), Spending(election)
    while racing:
        step = _next(racing, left, spending)
        yield step
        racing.remove(step.runner)
        if step.funded:
            left -= step.runner.cost
            spending.raise_to(step.runner.at, step.earned)
        elif settings["ending"] == "stop":
            return


def _next(racing: Sequence[Runner], left: int, spending: Spending) -> Step:
    spent = {one.at: spending.of(one.at) for one in racing}
    moments = {one.at: (spent[one.at] + one.cost) / one.voters for one in racing}
    first = min(racing, key=lambda one: (moments[one.at], one.lot))
    moment = moments[first.at]
    tied = tuple(o.at for o in racing if o is not first and moments[o.at] == moment)
    return Step(first, moment, left, first.cost <= left, tied, spent)
