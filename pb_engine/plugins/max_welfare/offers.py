"""What every project is worth, with the lot worked into the number."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.api import Election, Settings
from pb_engine.api.counting import scores


@dataclass(frozen=True, slots=True)
class Item:
    """A project in the search.

    :ivar at: its place in the election.
    :ivar score: votes, points or grades, added up.
    :ivar each: what one more vote or point adds to its worth.
    :ivar lot: its place in the lot.
    :ivar worth: ``score * each``, shifted to the left, with one bit of its own below: the earlier
        in the lot, the higher the bit.  So of two lists with the same support the larger number
        belongs to the one that holds the earliest project that only one of them holds, and the
        low bits of a sum say which projects are in it.
    """

    at: int
    cost: int
    score: int
    each: int
    lot: int
    worth: int


@dataclass(frozen=True, slots=True)
class Offers:
    """All projects of an election as items, and the way back from a number to a list."""

    items: tuple[Item, ...]
    budget: int

    @classmethod
    def of(cls, election: Election, settings: Settings) -> Offers:
        """Weigh all projects.

        :raises TallyRefused: the lot does not hold every project once.
        """
        shift = len(election.projects)
        totals = scores(election, by=settings["by"], places=settings["places"])
        lots = election.lot_places()
        items = []
        for at, project in enumerate(election.projects):
            each = int(project.cost) if settings["utility"] == "cost" else 1
            worth = (totals[at] * each << shift) + (1 << (shift - 1 - lots[at]))
            items.append(Item(at, project.cost, totals[at], each, lots[at], worth))
        return cls(tuple(items), election.budget)

    @property
    def shift(self) -> int:
        """How many low bits hold the list."""
        return len(self.items)

    @property
    def eligible(self) -> list[Item]:
        """Projects that have more support than nothing and cost no more than the budget.

        A total below 0 would only take something away from a list.
        """
        return [item for item in self.items if item.score > 0 and item.cost <= self.budget]

    def listed(self, worth: int) -> tuple[Item, ...]:
        """Return the projects in a sum, in the order of the lot."""
        bits = self.shift
        chosen = (item for item in self.items if worth >> (bits - 1 - item.lot) & 1)
        return tuple(sorted(chosen, key=lambda item: item.lot))
