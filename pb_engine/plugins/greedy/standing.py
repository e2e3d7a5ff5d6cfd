"""How high every project stands: the sum of what the ballots give it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from pb_engine.api import Election, Project, Settings
from pb_engine.api.counting import scores
from pb_engine.plugins.greedy.channels import Channels

NEVER = 2**63
"""More votes than there are."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A project in the ranking.

    :ivar score: votes, points or grades, added up.
    :ivar lot: its place in the lot, which decides between equals.
    :ivar rank: what counts for the order: the score, or where channels weigh, the weighed score.
    :ivar weight: what the rank is multiplied with: 1, or 1 by the cost; ``None`` for what costs
        nothing where costs divide.
    """

    project: Project
    voters: int
    score: int
    lot: int
    rank: int
    weight: Fraction | int | None = 1

    @property
    def key(self) -> tuple[bool, Fraction | int, int]:
        """Smaller stands higher; whoever has a point and costs nothing stands above all."""
        if self.weight is None:
            return self.rank <= 0, -self.rank, self.lot
        return True, -self.rank * self.weight, self.lot

    def with_more(self, votes: int, gain: int) -> Standing:
        """Return the project with further votes that add ``gain`` to its rank each."""
        return replace(
            self,
            voters=self.voters + votes,
            score=self.score + votes,
            rank=self.rank + votes * gain,
        )

    def short_of(self, other: Standing, gain: int) -> int:
        """Return how many further votes bring this project just above another one."""
        if self.key < other.key:
            return 0
        if not gain or (self.weight is not None and other.weight is None and other.rank > 0):
            return NEVER
        if self.weight is None and other.weight is not None and other.rank > 0:
            return -((self.rank - 1) // gain)
        worth: Fraction | int = other.rank
        if self.weight != other.weight:
            worth = other.rank * Fraction(other.weight or 1) / (self.weight or 1)
        votes = max(0, -((self.rank - worth) // gain))
        level = self.rank + votes * gain == worth
        return votes + (level and self.lot > other.lot)


def standings(election: Election, settings: Settings, weighed: Channels | None) -> list[Standing]:
    """Return all projects, the highest first.

    :param weighed: scores by channel, where channels weigh.
    :raises TallyRefused: the lot does not hold every project once.
    """
    added = scores(election, by=settings["by"], places=settings["places"])
    lots, voters, per_euro = election.lot_places(), election.votes, settings["per_euro"]
    found = [
        Standing(
            project=project,
            voters=voters[at],
            score=added[at],
            lot=lots[at],
            rank=added[at] if weighed is None else weighed.weighed(at),
            weight=_weight(project.cost) if per_euro else 1,
        )
        for at, project in enumerate(election.projects)
    ]
    return sorted(found, key=lambda standing: standing.key)


def _weight(cost: int) -> Fraction | None:
    return Fraction(1, cost) if cost else None
