"""Down the ranking, once, with a purse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pb_engine.api import Settings
from pb_engine.plugins.majority_judgement.grades import Standing


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened when a project's turn came.

    :ivar left: cents that were left just before.
    :ivar ended: the list had ended before it.
    """

    standing: Standing
    reason: str
    left: int
    ended: bool

    @property
    def funded(self) -> bool:
        """Whether it got its money."""
        return self.reason == "funded"


def walk(ranking: Sequence[Standing], budget: int, settings: Settings) -> Iterator[Turn]:
    """Give every project its turn, the highest first."""
    left, ended = budget, False
    for standing in ranking:
        reason = _reason(standing, left, budget, settings, ended=ended)
        yield Turn(standing, reason, left, ended)
        if reason == "funded":
            left -= standing.project.cost
        elif reason != "too_low_a_grade":
            ended = not settings["skip"]


def _reason(standing: Standing, left: int, budget: int, settings: Settings, *, ended: bool) -> str:
    cost = standing.project.cost
    if cost > budget:
        return "over_budget"
    if standing.grades.majority < settings["minimum_grade"]:
        return "too_low_a_grade"
    if ended:
        return "after_the_end"
    return "funded" if cost <= left else "does_not_fit"


def ballots_short(
    ranking: Sequence[Standing], loser: Standing, budget: int, settings: Settings, top: int
) -> int | None:
    """Return how many ballots would have had to give ``loser`` the highest grade instead.

    The least number, if the ballots with its lowest grades are the ones to change and everything
    else stays as it is; ``None`` when not even all of them would do.  What is left for it only
    shrinks on the way down, so the lowest place where it still fits is the nearest goal, and the
    project that stands there is the one to overtake.  ``loser`` must fit into the whole budget.
    """
    others = [standing for standing in ranking if standing is not loser]
    turns = list(walk(others, budget, settings))
    goal: Standing | None = None
    if not _fits_below(turns, loser.project.cost, budget, settings):
        goal = [t for t in turns if not t.ended and t.left >= loser.project.cost][-1].standing

    def enough(number: int) -> bool:
        raised = loser.raised(number, top)
        high_enough: bool = raised.grades.majority >= settings["minimum_grade"]
        return high_enough and (goal is None or raised.above(goal))

    return _least(loser.grades.ballots, enough)


def _least(most: int, enough: Callable[[int], bool]) -> int | None:
    """Return the least number up to ``most`` that is enough, where all larger ones are too."""
    if not enough(most):
        return None
    return bisect_left(range(most), 1, key=enough)


def _fits_below(turns: Sequence[Turn], cost: int, budget: int, settings: Settings) -> bool:
    """Say whether a project of this cost would be funded if it came last."""
    misfits = {"over_budget", "does_not_fit", "after_the_end"}
    if not settings["skip"] and any(turn.reason in misfits for turn in turns):
        return False
    return cost <= budget - sum(turn.standing.project.cost for turn in turns if turn.funded)
