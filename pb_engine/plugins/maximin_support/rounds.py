"""Round by round: the project with which the costs can still be shared most evenly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from pb_engine.api import Election, Settings
from pb_engine.plugins.maximin_support.balance import Balance, balance
from pb_engine.plugins.maximin_support.bounds import climb
from pb_engine.plugins.maximin_support.crowd import Crowd
from pb_engine.plugins.maximin_support.division import Division


@dataclass(frozen=True, slots=True)
class Step:
    """A project came up.

    :ivar at: its place in the election; ``cost`` and ``lot`` are its cost and place in the lot.
    :ivar load: what the most burdened ballot carries at least, with this project.
    :ivar before: the same without it.
    :ivar left: cents that were left just before.
    :ivar tied: places of the projects with exactly the same load.
    :ivar crowd: the ballots.
    :ivar division: who pays what for the projects chosen before, with ``before`` at most.
    """

    at: int
    cost: int
    lot: int
    load: Fraction
    before: Fraction
    left: int
    tied: tuple[int, ...]
    crowd: Crowd
    division: Division

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
    round stays a lower bound, and most projects need no second look.  A project needs a division
    only if no other one can do with less than what it is known to need: the one that comes up,
    and those that are equal to it.
    """

    def __init__(self, election: Election) -> None:
        self.election = election
        self.lot = election.lot_places()
        self.crowd = Crowd(election)
        self.division = Division(1, {})
        self.load = Fraction(0)
        self.left = int(election.budget)
        self.least = {
            at: Balance(Fraction(cost, voters), frozenset({at}))
            for at, (cost, voters) in enumerate(
                zip(self.crowd.costs, self.crowd.voters, strict=True)
            )
            if voters and cost <= self.left
        }

    def step(self) -> Step:
        """Take the next project out of the race, and choose it if it fits."""
        equal = sorted(self._equal(), key=lambda at: self.lot[at])
        first = equal[0]
        found = self.least.pop(first)
        step = Step(
            at=first,
            cost=self.crowd.costs[first],
            lot=self.lot[first],
            load=found.load,
            before=self.load,
            left=self.left,
            tied=tuple(equal[1:]),
            crowd=self.crowd,
            division=self.division,
        )
        if step.funded and found.division is not None:
            self.division, self.load = found.division, found.load
            self.left -= step.cost
        return step

    def _equal(self) -> list[int]:
        """Return the projects with the smallest load; their loads are exact, with a division.

        Whoever needs least, as far as known, gets a closer look: at first without a flow.
        """
        equal: list[int] = []
        closer: set[int] = set()
        queue = [(max(known.load, self.load), self.lot[at], at) for at, known in self.least.items()]
        heapify(queue)
        while queue and not (equal and queue[0][0] > self.least[equal[0]].load):
            load, _, at = heappop(queue)
            most = self.least[equal[0]].load if equal else queue[0][0] if queue else None
            known = Balance(load, self.least[at].proof)
            look = self._balance if at in closer else self._bound
            self.least[at] = known = look(at, known, most)
            closer.add(at)
            if known.division is None:
                heappush(queue, (known.load, self.lot[at], at))
            else:
                equal.append(at)
        return equal

    def _bound(self, at: int, known: Balance, _most: Fraction | None) -> Balance:
        """Look for a denser set of projects around what is known."""
        load, proof = climb(self.crowd, known.proof, (*self.division.paid, at))
        return Balance(load, proof) if load > known.load else known

    def _balance(self, at: int, known: Balance, most: Fraction | None) -> Balance:
        """Divide the costs, unless that takes a load of no interest."""
        return balance(self.crowd, self.division.choosing(self.crowd, at), known, most)
