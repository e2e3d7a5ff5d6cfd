"""How many more votes a project needed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pb_engine.api import Settings
from pb_engine.plugins.greedy.standing import NEVER, Standing
from pb_engine.plugins.greedy.walk import Turn, is_plain, least_votes, walk


class Shortfall:
    """Answers, after a count, how many further votes would have funded a project.

    Everything else stays as it is: the votes come from people who have voted already.
    """

    def __init__(
        self, turns: Sequence[Turn], budget: int, ballots: int, settings: Settings
    ) -> None:
        self.turns = turns
        self.budget = budget
        self.ballots = ballots
        self.settings = settings
        self.least = least_votes(settings, ballots)
        # What is left only shrinks on the way down; below zero, so that it grows.
        self.spent = [-turn.left for turn in turns]
        self.end = next((at for at, turn in enumerate(turns) if turn.ends(settings)), len(turns))

    def votes(self, place: int) -> int | None:
        """Return the least number, given the place (from 0) of a project that was not funded.

        ``None`` when no number of votes would have been enough.
        """
        loser = self.turns[place].standing
        floor = max(0, self.least - loser.voters)
        if is_plain(self.settings):
            return max(floor, self._to_the_lowest_place(place))
        others = [turn.standing for turn in self.turns if turn.standing is not loser]
        places = {max(floor, loser.short_of(other)) for other in others} | {floor}
        for extra in sorted(places - {NEVER}):
            if self._funded_with(others, loser, extra):
                return extra
        return None

    def _to_the_lowest_place(self, place: int) -> int:
        """Overtake whoever stands at the lowest place where the project still fits.

        A project that is not funded takes no money, so the others stand as they stood.
        """
        loser = self.turns[place].standing
        goal = min(bisect_right(self.spent, -loser.project.cost) - 1, self.end)
        return 0 if goal >= place else loser.short_of(self.turns[goal].standing)

    def _funded_with(self, others: Sequence[Standing], loser: Standing, extra: int) -> bool:
        stronger = replace(loser, score=loser.score + extra, voters=loser.voters + extra)
        ranking = sorted([*others, stronger], key=lambda standing: standing.key)
        turns = walk(ranking, self.budget, self.ballots, self.settings)
        return any(turn.funded for turn in turns if turn.standing is stronger)
