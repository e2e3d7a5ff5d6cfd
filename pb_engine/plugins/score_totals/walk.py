"""Down the ranking, once, with a purse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb_engine.api import Settings
from pb_engine.plugins.score_totals.totals import Standing


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
        elif reason != "too_few_points":
            ended = not settings["skip"]


def _reason(standing: Standing, left: int, budget: int, settings: Settings, *, ended: bool) -> str:
    cost = standing.project.cost
    if cost > budget:
        return "over_budget"
    if standing.total < settings["minimum_points"]:
        return "too_few_points"
    if ended:
        return "after_the_end"
    return "funded" if cost <= left else "does_not_fit"


def points_short(
    ranking: Sequence[Standing], loser: Standing, budget: int, settings: Settings
) -> int:
    """Return the least number of further points with which ``loser`` would have been funded.

    Everything else stays as it is.  The others are walked without it: what is left for it only
    shrinks on the way down, so the lowest place where it still fits is the nearest goal, and the
    project that stands there is the one to overtake.  ``loser`` must fit into the whole budget.
    """
    others = [standing for standing in ranking if standing is not loser]
    turns = list(walk(others, budget, settings))
    least: int = max(settings["minimum_points"], loser.total)
    if not _fits_below(turns, loser.project.cost, budget, settings):
        open_turns = [t for t in turns if not t.ended and t.left >= loser.project.cost]
        least = max(least, _total_above(loser, open_turns[-1].standing))
    return least - loser.total


def _fits_below(turns: Sequence[Turn], cost: int, budget: int, settings: Settings) -> bool:
    """Say whether a project of this cost would be funded if it came last."""
    misfits = {"over_budget", "does_not_fit", "after_the_end"}
    if not settings["skip"] and any(turn.reason in misfits for turn in turns):
        return False
    return cost <= budget - sum(turn.standing.project.cost for turn in turns if turn.funded)


def _total_above(loser: Standing, goal: Standing) -> int:
    """Return the least total with which ``loser`` stands above ``goal``, which is not free.

    A free project changes nothing for those below it, so it is never the lowest place that fits.
    """
    if not loser.per_cost:
        return goal.total + (loser.lot > goal.lot)
    if not loser.project.cost:
        return loser.total if loser.above(goal, loser.total) else max(loser.total, 1)
    near = goal.total * loser.project.cost // goal.project.cost
    return next(total for total in (near, near + 1) if loser.above(goal, total))
