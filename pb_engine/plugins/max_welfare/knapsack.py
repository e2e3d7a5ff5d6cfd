"""The best list within a budget, exactly, in whole numbers.

All lists are built up project by project.  Of two lists over the same projects the one that costs
no less and is worth no more is dropped (Nemhauser and Ullmann, 1969); so is a list that could not
beat the best known one even if the rest of the budget were filled up by parts of projects, best
value for money first (Dantzig's bound).  Neither can lose the best list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

from pb_engine.api import TallyRefused
from pb_engine.plugins.max_welfare.offers import Item

MOST_LISTS = 2_000_000
"""More lists than this side by side, and the search is given up."""

Made = tuple[int, int]
"""Cost and worth of a list."""


def best_worth(items: Sequence[Item], budget: int) -> int:
    """Return the highest sum of worths whose costs stay within ``budget``.

    :raises TallyRefused: there are too many equally good combinations to look through.
    """
    fitting = [item for item in items if item.cost <= budget]
    free = sum(item.worth for item in fitting if not item.cost)
    return free + _Search([item for item in fitting if item.cost], budget).best()


class _Search:
    def __init__(self, items: Sequence[Item], budget: int) -> None:
        self.budget = budget
        by_value = sorted(items, key=lambda item: Fraction(item.worth, item.cost), reverse=True)
        self.items = by_value
        self.costs = list(accumulate((item.cost for item in by_value), initial=0))
        self.worths = list(accumulate((item.worth for item in by_value), initial=0))
        self.known = 0

    def best(self) -> int:
        """Run through all projects; what is known at the end is the best."""
        made: list[Made] = [(0, 0)]
        for place, item in enumerate(self.items):
            made = [one for one in made if self._promising(one, place)]
            if len(made) > MOST_LISTS:
                raise TallyRefused(
                    "maximum welfare has too many combinations of almost equal worth here; "
                    "choose another rule or another utility"
                )
            longer = [
                (cost + item.cost, worth + item.worth)
                for cost, worth in made
                if cost + item.cost <= self.budget
            ]
            made = list(_undominated(made, longer))
        self.known = max(self.known, max((worth for _, worth in made), default=0))
        return self.known

    def _promising(self, one: Made, place: int) -> bool:
        """Say whether a list can still beat the best; fill it up and remember what that gives."""
        cost, worth = one
        room = self.budget - cost + self.costs[place]
        end = bisect_right(self.costs, room) - 1
        worth += self.worths[end] - self.worths[place]
        self.known = max(self.known, worth)
        if end == len(self.items):
            return False
        item = self.items[end]
        return worth + (room - self.costs[end]) * item.worth // item.cost > self.known


def _undominated(shorter: Sequence[Made], longer: Sequence[Made]) -> Iterator[Made]:
    """Merge two ascending sequences; a list has to be worth more than every cheaper one."""
    most = -1
    for cost, worth in sorted([*shorter, *longer], key=lambda one: (one[0], -one[1])):
        if worth > most:
            most = worth
            yield cost, worth
