"""Drawing the ballots of one simulated round."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, islice

from pb_engine.ballots import Ballot, BallotPaper
from pb_engine.errors import InvalidBallot, TallyRefused
from pb_engine.tallying.profile import Profile
from pb_engine.tallying.simulating.draws import Draws
from pb_engine.tallying.simulating.filling import fill, require_fillable
from pb_engine.tallying.simulating.models import BOOTSTRAP, MODELS
from pb_engine.tallying.simulating.scene import Scene

STRENGTH = 8
MOST_BALLOTS = 200_000
MOST_STRENGTH = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to draw.

    :ivar model: a name in ``MODELS``, or ``bootstrap``.
    :ivar strength: how far a model departs from everybody choosing anything: 0 to 1000.
    :ivar pool: for ``bootstrap``: the ballots to draw from.
    """

    scene: Scene
    model: str = "popularity"
    ballots: int = 300
    seed: str = "simulate"
    strength: int = STRENGTH
    pool: Profile | None = None


def draw_ballots(plan: Plan, paper: BallotPaper, repeat: int = 0) -> tuple[Ballot, ...]:
    """Draw the ballots of a round; each follows the paper, and equal arguments give equal ballots.

    Voters have the same tastes on papers of all formats, so what differs is the format.

    :param paper: with the projects of the scene, in its order.
    :param repeat: which round it is; another number gives other ballots.
    :raises TallyRefused: there is no such model, it has nothing to go by here, or no ballot can
        follow the paper.
    """
    if not 0 <= plan.ballots <= MOST_BALLOTS:
        raise TallyRefused(f"the number of ballots lies between 0 and {MOST_BALLOTS}")
    if not 0 <= plan.strength <= MOST_STRENGTH:
        raise TallyRefused(f"the strength lies between 0 and {MOST_STRENGTH}")
    if paper.projects != tuple(project.id for project in plan.scene.projects):
        raise TallyRefused("the ballot paper has other projects than the simulated round")
    if plan.model == BOOTSTRAP:
        return _again(plan, paper, repeat)
    if plan.model not in MODELS:
        known = ", ".join([*MODELS, BOOTSTRAP])
        raise TallyRefused(
            f"there is no model {plan.model[:40]!r}; there are {known}", problem="model"
        )
    require_fillable(paper)
    tastes = MODELS[plan.model].tastes(
        plan.scene, Draws(plan.seed, "tastes", plan.model, repeat), plan.strength
    )
    marks = Draws(plan.seed, "marks", plan.model, paper.format, repeat)
    return tuple(fill(paper, taste, marks) for taste in islice(tastes, plan.ballots))


def _again(plan: Plan, paper: BallotPaper, repeat: int) -> tuple[Ballot, ...]:
    """Draw ballots that were cast, each as likely, again and again (Efron 1979)."""
    if plan.pool is None:
        raise TallyRefused(
            "the model 'bootstrap' draws again from ballots that were cast: give a Pabulib file"
        )
    cast = [group for group in plan.pool.groups if _follows(paper, group[0])]
    if not cast:
        raise TallyRefused(
            "no ballot that was cast follows this ballot paper; the model 'bootstrap' has nothing "
            "to draw from"
        )
    draws = Draws(plan.seed, "ballots", repeat)
    ends = list(accumulate(times for _, times in cast))
    return tuple(cast[bisect_right(ends, draws.below(ends[-1]))][0] for _ in range(plan.ballots))


def _follows(paper: BallotPaper, ballot: Ballot) -> bool:
    try:
        paper.check(ballot)
    except InvalidBallot:
        return False
    return True
