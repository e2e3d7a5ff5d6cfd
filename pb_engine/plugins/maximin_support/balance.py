"""How evenly the costs of projects can be shared by their supporters, exactly.

The heaviest load can't be smaller than the cost of any set of projects divided by the number of
ballots that support one of them, and a maximum flow shows that the heaviest of these quotients is
reached.  The set that a flow leaves unpaid is the next candidate (Dinkelbach's method): the
quotients rise, and the last one is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from pb_engine.plugins.maximin_support.crowd import Crowd, Group


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What cannot be paid when no ballot may carry more than a given load.

    :ivar amount: cents, exact.
    :ivar cost: of the projects that compete for the ballots that are full.
    :ivar ballots: how many ballots support one of those.
    """

    amount: Fraction
    cost: int
    ballots: int


def lightest_load(crowd: Crowd, least: Fraction, most: Fraction | None) -> Fraction:
    """Return the smallest possible load of the most burdened ballot, in cents.

    :param least: a load that is certainly not too high.
    :param most: a larger load is of no interest; what is returned then is larger than this, and
        still certainly not too high.
    """
    groups, load = crowd.groups(), least
    while most is None or load <= most:
        unpaid = share(crowd, groups, load)
        if not unpaid.amount:
            break
        load = Fraction(unpaid.cost, unpaid.ballots)
    return load


def share(crowd: Crowd, groups: Sequence[Group], load: Fraction) -> Unpaid:
    """Share the costs with at most ``load`` on every ballot; return what stays unpaid."""
    costs = {at: int(crowd.election.projects[at].cost) for at in crowd.chosen}
    flow = _Flow(groups, costs, load)
    while flow.advance():
        pass
    reached = flow.groups_reached
    return Unpaid(
        amount=Fraction(sum(flow.owed.values()), load.denominator),
        cost=sum(costs[at] for at in flow.projects_reached),
        ballots=sum(groups[one].ballots for one in reached),
    )


@dataclass(slots=True)
class _Flow:
    """Money from projects to groups, in parts of a cent so that all numbers are whole.

    :ivar owed: what each project still has to be paid.
    :ivar room: what each group can still carry.
    :ivar paid: what each group pays for each of its projects.
    """

    groups: Sequence[Group]
    costs: dict[int, int]
    load: Fraction
    owed: dict[int, int] = field(init=False)
    room: list[int] = field(init=False)
    paid: list[dict[int, int]] = field(init=False)
    supporters: dict[int, list[int]] = field(init=False)
    projects_reached: dict[int, int | None] = field(init=False)
    groups_reached: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.owed = {at: cost * self.load.denominator for at, cost in self.costs.items()}
        self.room = [group.ballots * self.load.numerator for group in self.groups]
        self.paid = [dict.fromkeys(group.places, 0) for group in self.groups]
        self.supporters = {at: [] for at in self.costs}
        for one, group in enumerate(self.groups):
            for at in group.places:
                self.supporters[at].append(one)

        self._share_roughly()

    def _share_roughly(self) -> None:
        """Let every group pay where most is owed; whoever has least choice pays first.

        It is only a start that leaves little to correct.
        """
        for one in sorted(range(len(self.groups)), key=lambda one: len(self.paid[one])):
            for at in sorted(self.paid[one], key=self.owed.__getitem__, reverse=True):
                amount = min(self.room[one], self.owed[at])
                self.paid[one][at] += amount
                self.owed[at] -= amount
                self.room[one] -= amount

    def advance(self) -> bool:
        """Pay more, by shortest ways; say whether that was possible."""
        goals = self._search()
        for goal in goals:
            self._pay(goal)
        return bool(goals)

    def _search(self) -> list[int]:
        """Walk from all projects that are owed something; return the groups with room."""
        queue = [at for at, owed in self.owed.items() if owed]
        self.projects_reached = dict.fromkeys(queue)
        self.groups_reached = {}
        goals = []
        for at in queue:
            for one in self.supporters[at]:
                if one in self.groups_reached:
                    continue
                self.groups_reached[one] = at
                if self.room[one]:
                    goals.append(one)
                    continue
                for other, amount in self.paid[one].items():
                    if amount and other not in self.projects_reached:
                        self.projects_reached[other] = one
                        queue.append(other)
        return goals

    def _pay(self, goal: int) -> None:
        """Let a group pay; whoever it frees pays for the next, back to a project that is owed."""
        way = self._way(goal)
        first = self.groups_reached[way[-1]]
        amount = min(self.room[goal], self.owed[first])
        for one, before in pairwise(way):
            amount = min(amount, self.paid[before][self.groups_reached[one]])
        for one, before in pairwise(way):
            at = self.groups_reached[one]
            self.paid[one][at] += amount
            self.paid[before][at] -= amount
        self.paid[way[-1]][first] += amount
        self.owed[first] -= amount
        self.room[goal] -= amount

    def _way(self, goal: int) -> list[int]:
        way = [goal]
        while (before := self.projects_reached[self.groups_reached[way[-1]]]) is not None:
            way.append(before)
        return way
