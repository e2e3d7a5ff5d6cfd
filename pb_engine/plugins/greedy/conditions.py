"""The settings by project: who is in which group, and who is in whose way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pb_engine.api import Election, Settings, TallyRefused

G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What decides besides the ranking, looked up by project.

    :ivar least: how many voters a project needs.
    :ivar shared: cents that are in no pot.
    :ivar pots, ceilings: cents by group.
    :ivar pot_of, ceilings_of, needs, smaller: by project.
    :ivar rivalries: by project: numbers of the groups of which at most one project is funded.
    """

    settings: Settings
    budget: int
    least: int
    shared: int
    pots: Mapping[str, int]
    ceilings: Mapping[str, int]
    pot_of: Mapping[str, str]
    ceilings_of: Mapping[str, list[str]]
    rivalries: Mapping[str, list[int]]
    needs: Mapping[str, list[str]]
    smaller: Mapping[str, str]

    @classmethod
    def of(cls, election: Election, settings: Settings) -> Conditions:
        """Read the settings for an election.

        :raises TallyRefused: the pots hold more than the budget.
        """
        pots = {pot["name"]: int(pot["amount"]) for pot in settings["pots"]}
        shared = election.budget - sum(pots.values())
        if shared < 0:
            pots_hold, budget = (
                election.money(m, "en") for m in (sum(pots.values()), election.budget)
            )
            raise TallyRefused(
                f"the pots hold {pots_hold} together, more than the budget of {budget}"
            )
        smaller = {pair["plan"]: pair["smaller"] for pair in settings["smaller_versions"]}
        return cls(
            settings=settings,
            budget=election.budget,
            least=least_votes(settings, election.voters),
            shared=shared,
            pots=pots,
            ceilings={group["name"]: int(group["at_most"]) for group in settings["ceilings"]},
            pot_of={p: pot["name"] for pot in settings["pots"] for p in pot["projects"]},
            ceilings_of=_listed((g["name"], g["projects"]) for g in settings["ceilings"]),
            rivalries=_listed(enumerate([*settings["exclusive"], *_versions(smaller)])),
            needs=_listed((one["needs"], [one["project"]]) for one in settings["conditions"]),
            smaller=smaller,
        )

    @property
    def plain(self) -> bool:
        """Whether nothing but money, votes and the end of the list decides."""
        return not (self.pots or self.ceilings or self.rivalries or self.needs or self.firsts)

    @property
    def firsts(self) -> list[dict[str, Any]]:
        """The groups that go first."""
        return list(self.settings["first"])

    @property
    def again(self) -> bool:
        """Whether the list is walked once more for what is left."""
        return bool(self.settings["leftover"] and (self.pots or self.ceilings))

    def higher_is_never_worse(self, project: str) -> bool:
        """Say whether standing higher can only help a project.

        While what does not fit is passed over, a project changes nothing for the others before it
        is funded, and whoever comes earlier in a round finds more money and fewer rivals.  That
        also holds where the list ends, if it is walked once.  It does not hold where a project that
        does not fit ends one list and so leaves more for the next, or brings up its smaller
        version.
        """
        once = not self.firsts and not self.again
        return once or (bool(self.settings["skip"]) and project not in self.smaller)


def least_votes(settings: Settings, ballots: int) -> int:
    """Return how many voters a project needs at least."""
    share = -(-settings["minimum_percent"] * ballots // 100)
    return max(int(settings["minimum_votes"]), int(share))


def _listed(groups: Iterable[tuple[G, Iterable[str]]]) -> dict[str, list[G]]:
    """Return, by project, the groups that it is in, each once."""
    found: dict[str, list[G]] = {}
    for group, projects in groups:
        for project in dict.fromkeys(projects):
            found.setdefault(project, []).append(group)
    return found


def _versions(smaller: Mapping[str, str]) -> Iterable[list[str]]:
    """Yield a plan with all its smaller versions, the largest first."""
    versions = set(smaller.values())
    for plan in (plan for plan in smaller if plan not in versions):
        chain = [plan]
        while chain[-1] in smaller:
            chain.append(smaller[chain[-1]])
        yield chain
