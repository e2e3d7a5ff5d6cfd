"""Step by step: the trail of every method in which one project after the other comes up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pb_engine.api.card import Card
from pb_engine.ballots import BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying import Decision, Election, Exact, Outcome, Verdict

UNWEIGHED = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL, BallotFormat.BASKET})
"""Formats that mark projects without a weight."""


class Step(Protocol):
    """A project came up.  Projects are known by their places in the election."""

    @property
    def at(self) -> int:
        """Its place."""

    @property
    def cost(self) -> int:
        """Its cost in cents."""

    @property
    def left(self) -> int:
        """Cents that were left just before."""

    @property
    def funded(self) -> bool:
        """Whether it fitted."""

    @property
    def tied(self) -> tuple[int, ...]:
        """Places of the projects that came up at exactly the same moment."""


P = TypeVar("P", bound=Step)


@dataclass(frozen=True, slots=True)
class Trail(Generic[P]):
    """All steps of a count, and what a method says about them.

    :ivar stops: the first project that did not fit ended the count.
    :ivar measure: the numbers of the method behind a step.
    :ivar short: how many more ballots for a project alone would have had it funded.
    :ivar rest: further numbers about a project with supporters that never came up.
    """

    election: Election
    steps: Sequence[P]
    stops: bool
    measure: Callable[[P], Mapping[str, Exact]]
    short: Callable[[int], int]
    rest: Callable[[int], Mapping[str, Exact]]

    def outcome(self, card: Card) -> Outcome:
        """Write the outcome: decisions in the order of coming up, then the other projects."""
        funded = tuple(self.election.projects[step.at].id for step in self.steps if step.funded)
        came_up = [self._came_up(number, step) for number, step in enumerate(self.steps, start=1)]
        return Outcome(
            method=card.name,
            version=card.version,
            selected=funded,
            decisions=(*came_up, *map(self._stayed, self._others())),
            facts={"budget": self.election.budget, "left": money_left(self.steps, self.election)},
        )

    def _others(self) -> list[int]:
        decided = {step.at for step in self.steps}
        lot, voters = self.election.lot_places(), self.election.support.voters
        rest = [at for at in range(len(self.election.projects)) if at not in decided]
        return sorted(rest, key=lambda at: (-voters[at], lot[at]))

    def _came_up(self, number: int, step: P) -> Decision:
        facts = {"step": number, **self.measure(step), "left": step.left}
        if step.funded:
            return self._decision(step.at, "funded", facts, step.tied)
        facts["votes_short"] = self.short(step.at)
        return self._decision(step.at, "does_not_fit", facts, step.tied)

    def _stayed(self, at: int) -> Decision:
        if self.election.projects[at].cost > self.election.budget:
            return self._decision(at, "over_budget", {})
        if not self.election.support.voters[at]:
            return self._decision(at, "no_supporters", {"votes_short": self.short(at)})
        return self._decision(at, "after_the_end", {**self.rest(at), "votes_short": self.short(at)})

    def _decision(
        self, at: int, reason: str, facts: Mapping[str, Exact], tied: tuple[int, ...] = ()
    ) -> Decision:
        return Decision(
            project=self.election.projects[at].id,
            verdict=Verdict.FUNDED if reason == "funded" else Verdict.NOT_FUNDED,
            reason=reason,
            voters=self.election.support.voters[at],
            facts=facts,
            tied_with=tuple(self.election.projects[other].id for other in tied),
        )


def money_left(steps: Sequence[Step], election: Election) -> int:
    """Return what is left after all steps, in cents."""
    return election.budget - sum(step.cost for step in steps if step.funded)


def would_still_fit(steps: Sequence[Step], election: Election, at: int, *, stops: bool) -> bool:
    """Say whether a project would be funded if it came up after all these steps."""
    stopped = stops and bool(steps) and not steps[-1].funded
    return not stopped and election.projects[at].cost <= money_left(steps, election)


def refuse_weights(election: Election, method: str) -> None:
    """Refuse ballots that say more than which projects are chosen.

    :raises TallyRefused: they are points, grades or rankings.
    """
    ballots = election.profile.format
    if ballots is not None and ballots not in UNWEIGHED:
        raise TallyRefused(f"{method} counts ballots without weights, not {ballots} ballots")
