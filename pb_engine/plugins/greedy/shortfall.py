"""How many more votes a project needed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pb_engine.plugins.greedy.conditions import Conditions
from pb_engine.plugins.greedy.standing import NEVER, Standing
from pb_engine.plugins.greedy.walk import ENDING, Walk


class Shortfall:
    """Answers, after a count, how many further votes would have funded a project.

    Everything else stays as it is: the votes come from people who have voted already.
    """

    def __init__(self, ranking: Sequence[Standing], walk: Walk, conditions: Conditions) -> None:
        self._ranking = ranking
        self._conditions = conditions
        turns = [walk.turns[one.project.id] for one in ranking]
        # What is left only shrinks on the way down; below zero, so that it grows.
        self._spent = [-turn.left for turn in turns]
        ends = (at for at, turn in enumerate(turns) if turn.reason in ENDING or turn.amount)
        skip = conditions.settings["skip"]
        self._end = len(turns) if skip else next(ends, len(turns))

    def votes(self, place: int, gain: int = 1) -> int | None:
        """Return the least number, given the place (from 0) of a project that was not funded.

        :param gain: what each further vote adds to its rank.
        :return: ``None`` when no number of votes would have been enough.
        """
        loser = self._ranking[place]
        floor = max(0, self._conditions.least - loser.voters)
        if self._conditions.plain:
            goal = self._to_the_lowest_place(place, gain)
            return None if goal >= NEVER else max(floor, goal)
        others = [one for one in self._ranking if one is not loser]
        numbers = {max(floor, loser.short_of(other, gain)) for other in others} | {floor}
        tries = sorted(number for number in numbers if number < NEVER)
        return self._first_enough(tries, others, loser, gain)

    def _to_the_lowest_place(self, place: int, gain: int) -> int:
        """Overtake whoever stands at the lowest place where the project still fits.

        A project that is not funded takes no money, so the others stand as they stood.
        """
        loser = self._ranking[place]
        goal = min(bisect_right(self._spent, -loser.project.cost) - 1, self._end)
        return 0 if goal >= place else loser.short_of(self._ranking[goal], gain)

    def _first_enough(
        self, tries: Sequence[int], others: Sequence[Standing], loser: Standing, gain: int
    ) -> int | None:
        """Try the numbers at which the order changes; by halving, where more never harms."""
        keys = [other.key for other in others]

        def enough(votes: int) -> bool:
            stronger = loser.with_more(votes, gain)
            at = bisect_left(keys, stronger.key)
            ranking = [*others[:at], stronger, *others[at:]]
            return Walk(ranking, self._conditions).funds(loser.project.id)

        if not self._conditions.higher_is_never_worse(loser.project.id):
            return next((votes for votes in tries if enough(votes)), None)
        first = bisect_left(tries, 1, key=enough)
        return tries[first] if first < len(tries) else None
