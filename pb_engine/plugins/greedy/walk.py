"""Down the ranking with a purse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pb_engine.api import ProjectId, Settings
from pb_engine.plugins.greedy.standing import Standing


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened when a project's turn came.

    :ivar left: cents that were left just before, within the ceilings of the project.
    :ivar because: the project or the group that stood in the way, if one did.
    """

    standing: Standing
    reason: str
    left: int
    because: str = ""

    @property
    def funded(self) -> bool:
        """Whether it got all its money."""
        return self.reason in {"funded", "leftover"}

    def ends(self, settings: Settings) -> bool:
        """Say whether the list ends here."""
        return self.reason in {"does_not_fit", "over_budget"} and not settings["skip"]


@dataclass(slots=True)
class _Purse:
    """The money during a walk, and what may not be bought with it."""

    settings: Settings
    budget: int
    ballots: int
    left: int
    funded: set[ProjectId] = field(default_factory=set)
    ended: bool = False
    groups: dict[str, int] = field(default_factory=dict)

    def turn(self, standing: Standing, *, ceilings: bool = True) -> Turn:
        """Give a project its turn; nothing is spent yet."""
        project = standing.project
        if project.cost > self.budget:
            return Turn(standing, "over_budget", self.left)
        if standing.voters < least_votes(self.settings, self.ballots):
            return Turn(standing, "too_few_votes", self.left)
        if self.ended:
            return Turn(standing, "after_the_end", self.left)
        if blocked := self._blocked(project.id):
            return Turn(standing, blocked[0], self.left, blocked[1])
        room = {g["name"]: self.groups[g["name"]] for g in self._ceilings(project.id)}
        if ceilings and room and min(room.values()) < project.cost <= self.left:
            name = min(room, key=lambda group: (room[group], group))
            return Turn(standing, "ceiling", room[name], name)
        fits = project.cost <= self.left
        return Turn(standing, "funded" if fits else "does_not_fit", self.left)

    def spend(self, turn: Turn) -> None:
        """Pay for a project that was funded, and note where the list ends."""
        project = turn.standing.project
        if turn.funded:
            self.left -= project.cost
            self.funded.add(project.id)
            for group in self._ceilings(project.id):
                self.groups[group["name"]] -= project.cost
        self.ended |= turn.ends(self.settings)

    def _ceilings(self, project: ProjectId) -> list[dict[str, Any]]:
        return [group for group in self.settings["ceilings"] if project in group["projects"]]

    def _blocked(self, project: ProjectId) -> tuple[str, str] | None:
        for group in self.settings["exclusive"]:
            rivals = self.funded.intersection(group)
            if project in group and rivals:
                return "excluded", min(rivals)
        for condition in self.settings["conditions"]:
            if condition["project"] == project and condition["needs"] not in self.funded:
                return "needs_another", condition["needs"]
        return None


def least_votes(settings: Settings, ballots: int) -> int:
    """Return how many voters a project needs at least."""
    share = -(-settings["minimum_percent"] * ballots // 100)
    return max(int(settings["minimum_votes"]), int(share))


def walk(ranking: Sequence[Standing], budget: int, ballots: int, settings: Settings) -> list[Turn]:
    """Give every project its turn, the highest first; then spend what is left, if so asked."""
    groups = {group["name"]: group["at_most"] for group in settings["ceilings"]}
    purse = _Purse(settings, budget, ballots, budget, groups=groups)
    turns = []
    for standing in ranking:
        turns.append(turn := purse.turn(standing))
        purse.spend(turn)
    if settings["leftover"]:
        turns = [_again(purse, turn) for turn in turns]
    if settings["partly"]:
        turns = _partly(turns, purse.left)
    return turns


def _again(purse: _Purse, turn: Turn) -> Turn:
    if turn.reason != "ceiling":
        return turn
    again = purse.turn(turn.standing, ceilings=False)
    if again.reason == "funded":
        again = replace(again, reason="leftover")
    purse.spend(again)
    return again


def _partly(turns: list[Turn], left: int) -> list[Turn]:
    """Give what is left to the highest project that did not fit for want of money."""
    for at, turn in enumerate(turns):
        if left and turn.reason == "does_not_fit":
            return [*turns[:at], replace(turn, reason="partly_funded", left=left), *turns[at + 1 :]]
    return turns


def is_plain(settings: Settings) -> bool:
    """Say whether nothing but money, votes and the end of the list decides."""
    return not any(settings[key] for key in ("ceilings", "exclusive", "conditions", "partly"))
