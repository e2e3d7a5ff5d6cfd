"""Round by round: the project with which the costs can still be shared most evenly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.api import Election, Settings
from pb_engine.plugins.maximin_support.balance import lightest_load
from pb_engine.plugins.maximin_support.crowd import Crowd


@dataclass(frozen=True, slots=True)
class Step:
    """A project came up.

    :ivar at: its place in the election; ``cost`` and ``lot`` are its cost and place in the lot.
    :ivar load: what the most burdened ballot carries at least, with this project.
    :ivar before: the same without it.
    :ivar left: cents that were left just before.
    :ivar tied: places of the projects with exactly the same load.
    :ivar crowd: the ballots, grouped by what was chosen before.
    """

    at: int
    cost: int
    lot: int
    load: Fraction
    before: Fraction
    left: int
    tied: tuple[int, ...]
    crowd: Crowd

    @property
    def funded(self) -> bool:
        """Whether the project fitted."""
        return self.cost <= self.left


def rounds(election: Election, settings: Settings) -> Iterator[Step]:
    """Yield the steps in order; with ``stop`` the first that does not fit is the last.

    :raises TallyRefused: the lot does not hold every project once.
    """
    race = _Race(election)
    while race.least:
        step = race.step()
        yield step
        if not step.funded and settings["ending"] == "stop":
            return


class _Race:
    """What is still in the race, with loads that are certainly not too high.

    Choosing more projects never makes it easier to share the costs, so a load from an earlier
    round stays a lower bound, and most projects need no second look.
    """

    def __init__(self, election: Election) -> None:
        self.election = election
        self.lot = election.lot_places()
        self.crowd = Crowd.of(election)
        self.load = Fraction(0)
        self.left = int(election.budget)
        self.least = {
            at: Fraction(project.cost, voters)
            for at, (project, voters) in enumerate(
                zip(election.projects, election.support.voters, strict=True)
            )
            if voters and project.cost <= election.budget
        }

    def step(self) -> Step:
        """Take the next project out of the race, and choose it if it fits."""
        first, load, tied = self._first()
        step = Step(
            at=first,
            cost=self.election.projects[first].cost,
            lot=self.lot[first],
            load=load,
            before=self.load,
            left=self.left,
            tied=tied,
            crowd=self.crowd,
        )
        del self.least[first]
        if step.funded:
            self.crowd, self.load = self.crowd.choosing(first), load
            self.left -= step.cost
        return step

    def _first(self) -> tuple[int, Fraction, tuple[int, ...]]:
        """Return the project that comes up, its load, and the projects that are equal to it."""
        equal: list[int] = []
        best: Fraction | None = None
        for at in sorted(self.least, key=lambda at: (self.least[at], self.lot[at])):
            if best is not None and self.least[at] > best:
                break
            start = max(self.least[at], self.load)
            load = self.least[at] = lightest_load(self.crowd.choosing(at), start, best)
            if best is None or load < best:
                best, equal = load, []
            if load == best:
                equal.append(at)
        equal.sort(key=lambda at: self.lot[at])
        return equal[0], self.least[equal[0]], tuple(equal[1:])
