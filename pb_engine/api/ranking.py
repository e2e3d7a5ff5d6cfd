"""Down a ranking with a purse: the end of every method that puts projects in one order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pb_engine.api.card import Card
from pb_engine.tallying import Decision, Exact, Outcome, Project, Verdict
from pb_engine.units import ProjectId

MOST_TIES = 100
"""How many projects of the same rank a decision names at most."""


class Standing(Protocol):
    """A project in a ranking."""

    @property
    def project(self) -> Project:
        """The project."""

    @property
    def voters(self) -> int:
        """How many ballots mark it."""


S = TypeVar("S", bound=Standing)


@dataclass(frozen=True, slots=True)
class Turn(Generic[S]):
    """What happened when a project's turn came.

    :ivar reason: ``funded``, ``over_budget`` (dearer than the whole budget), ``does_not_fit``
        (dearer than what was left), ``after_the_end``, or what barred it.
    :ivar left: cents that were left just before.
    :ivar ended: the list had ended before it.
    """

    standing: S
    reason: str
    left: int
    ended: bool

    @property
    def funded(self) -> bool:
        """Whether it got its money."""
        return self.reason == "funded"


@dataclass(frozen=True, slots=True)
class Walk(Generic[S]):
    """Gives every project its turn, the highest first; each is funded if it fits.

    :ivar skip: a project that does not fit is passed over; otherwise the list ends there.
    :ivar barred: says why a project may not be funded at whatever place, or returns nothing.
    """

    budget: int
    skip: bool
    barred: Callable[[S], str]

    def down(self, ranking: Sequence[S]) -> list[Turn[S]]:
        """Return a turn per project."""
        turns, left, ended = [], self.budget, False
        for standing in ranking:
            turn = self._turn(standing, left, ended=ended)
            turns.append(turn)
            if turn.funded:
                left -= standing.project.cost
            elif turn.reason in {"over_budget", "does_not_fit"}:
                ended = not self.skip
        return turns

    def to_overtake(self, ranking: Sequence[S], loser: S) -> S | None:
        """Return whom ``loser`` has to overtake to be funded; nobody if it would be, at the end.

        The others are walked without it: what is left for it only shrinks on the way down, so the
        lowest place where it still fits is the nearest goal.  ``loser`` must fit into the budget.
        """
        turns = self.down([standing for standing in ranking if standing is not loser])
        cost = loser.project.cost
        if self._would_fit_last(turns, cost):
            return None
        return [turn for turn in turns if not turn.ended and turn.left >= cost][-1].standing

    def _turn(self, standing: S, left: int, *, ended: bool) -> Turn[S]:
        cost = standing.project.cost
        if cost > self.budget:
            return Turn(standing, "over_budget", left, ended)
        reason = self.barred(standing) or ("after_the_end" if ended else "")
        return Turn(standing, reason or ("funded" if cost <= left else "does_not_fit"), left, ended)

    def _would_fit_last(self, turns: Sequence[Turn[S]], cost: int) -> bool:
        misfits = {"over_budget", "does_not_fit", "after_the_end"}
        if not self.skip and any(turn.reason in misfits for turn in turns):
            return False
        return cost <= self.budget - spent(turns)


def spent(turns: Sequence[Turn[S]]) -> int:
    """Return what the funded projects cost together, in cents."""
    return sum(turn.standing.project.cost for turn in turns if turn.funded)


def outcome_of_walk(
    card: Card,
    budget: int,
    turns: Sequence[Turn[S]],
    facts: Callable[[int, Turn[S]], Mapping[str, Exact]],
    equal: Callable[[S, S], bool],
) -> Outcome:
    """Write an outcome: one decision per turn.

    :param facts: the numbers behind a turn, given its place from 1.
    :param equal: whether two projects are of the same rank but for the lot.
    """
    ties = ties_that_mattered(turns, equal)
    decisions = tuple(
        Decision(
            project=turn.standing.project.id,
            verdict=Verdict.FUNDED if turn.funded else Verdict.NOT_FUNDED,
            reason=turn.reason,
            voters=turn.standing.voters,
            facts=facts(place, turn),
            tied_with=ties.get(turn.standing.project.id, ()),
        )
        for place, turn in enumerate(turns, start=1)
    )
    return Outcome(
        method=card.name,
        version=card.version,
        selected=tuple(turn.standing.project.id for turn in turns if turn.funded),
        decisions=decisions,
        facts={"budget": budget, "left": budget - spent(turns)},
    )


def ties_that_mattered(
    turns: Sequence[Turn[S]], equal: Callable[[S, S], bool]
) -> Mapping[ProjectId, tuple[ProjectId, ...]]:
    """Return, per project, those of the same rank, where not all of them fared alike.

    Equals stand side by side in the ranking.  At most ``MOST_TIES`` are named.
    """
    groups: list[list[Turn[S]]] = []
    for turn in turns:
        if groups and equal(groups[-1][-1].standing, turn.standing):
            groups[-1].append(turn)
        else:
            groups.append([turn])
    ties: dict[ProjectId, tuple[ProjectId, ...]] = {}
    for group in groups:
        if len({turn.funded for turn in group}) > 1:
            same = [turn.standing.project.id for turn in group]
            ties |= {one: _others(same, one) for one in same}
    return ties


def _others(same: Sequence[ProjectId], one: ProjectId) -> tuple[ProjectId, ...]:
    return tuple(other for other in same[: MOST_TIES + 1] if other != one)[:MOST_TIES]
