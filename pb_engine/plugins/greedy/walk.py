"""Down the ranking, once, with a purse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb_engine.api import Settings
from pb_engine.plugins.greedy.standing import Standing


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
    """Give every project its turn, the highest score first."""
    left, ended = budget, False
    for standing in ranking:
        reason = _reason(standing, left, budget, settings, ended=ended)
        yield Turn(standing, reason, left, ended)
        if reason == "funded":
            left -= standing.project.cost
        elif reason != "too_few_votes":
            ended = not settings["skip"]


def _reason(standing: Standing, left: int, budget: int, settings: Settings, *, ended: bool) -> str:
    cost = standing.project.cost
    if cost > budget:
        return "over_budget"
    if standing.voters < settings["minimum_votes"]:
        return "too_few_votes"
    if ended:
        return "after_the_end"
    return "funded" if cost <= left else "does_not_fit"


def votes_short(
    ranking: Sequence[Standing], loser: Standing, budget: int, settings: Settings
) -> int:
    """Return the least number of further votes with which ``loser`` would have been funded.

    Everything else stays as it is.  The others are walked without it: what is left for it only
    shrinks on the way down, so the lowest place where it still fits is the nearest goal, and the
    project that stands there is the one to overtake.  ``loser`` must fit into the whole budget.
    """
    others = [standing for standing in ranking if standing is not loser]
    goal: Standing | None = None
    for turn in walk(others, budget, settings):
        if turn.ended or turn.left < loser.project.cost:
            break
        goal = turn.standing
    else:
        if _fits_behind_all(others, loser, budget, settings):
            goal = None
    needed: int = settings["minimum_votes"] - loser.voters
    if goal is not None:
        needed = max(needed, goal.score - loser.score + (loser.lot > goal.lot))
    return max(needed, 0)


def _fits_behind_all(
    others: Sequence[Standing], loser: Standing, budget: int, settings: Settings
) -> bool:
    """Tell whether nobody has to be overtaken: money and list both reach the very end."""
    last = Standing(loser.project, settings["minimum_votes"], 0, len(others))
    *_, turn = walk([*others, last], budget, settings)
    return turn.funded
