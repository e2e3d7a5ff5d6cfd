"""How high every project stands: the sum of what the ballots give it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pb_engine.api import BallotFormat, Election, Project, Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """A project in the ranking.

    :ivar score: votes, points or grades, added up.
    :ivar lot: its place in the lot, which decides between equals.
    :ivar weight: what one point is worth: 1, or 1 by the cost; ``None`` for what costs nothing
        where costs divide.
    """

    project: Project
    voters: int
    score: int
    lot: int
    weight: Fraction | None = Fraction(1)

    @property
    def key(self) -> tuple[bool, Fraction, int]:
        """Smaller stands higher; whoever has a point and costs nothing stands above all."""
        if self.weight is None:
            return self.score <= 0, Fraction(-self.score), self.lot
        return True, -self.score * self.weight, self.lot

    def short_of(self, other: Standing) -> int:
        """Return how many further points bring this project just above another one."""
        if self.weight is None:
            # One point is worth any number of points that cost something.
            needed = 1 if other.weight is not None else other.score + (self.lot > other.lot)
            return max(0, needed - self.score)
        if other.weight is None and other.score > 0:
            return NEVER
        worth = other.score * (other.weight or Fraction(0)) / self.weight
        level = worth.numerator // worth.denominator
        ahead = worth == level and self.lot < other.lot
        return max(0, level + (not ahead) - self.score)


NEVER = 2**63
"""More points than there are."""


def standings(election: Election, settings: Settings) -> list[Standing]:
    """Return all projects, the highest first."""
    support = election.support
    scores = support.voters if settings["by"] == "votes" else _scores(election, settings["places"])
    columns = zip(election.projects, support.voters, scores, election.lot_places(), strict=True)
    per_euro = settings["per_euro"]
    found = [
        Standing(project, voters, score, lot, _weight(project.cost) if per_euro else Fraction(1))
        for project, voters, score, lot in columns
    ]
    return sorted(found, key=lambda standing: standing.key)


def _weight(cost: int) -> Fraction | None:
    return Fraction(1, cost) if cost else None


def _scores(election: Election, places: int) -> tuple[int, ...]:
    support = election.support
    if election.profile.format is not BallotFormat.RANKING:
        return support.scores
    lengths = election.profile.columns.lengths
    first = places or int(lengths.max(initial=0))
    # Borda: (places + 1 - place) for each place; places beyond the last count nothing.
    scores = []
    for rows, weights in zip(support.rows, support.weights, strict=True):
        points = first + 1 - weights if weights is not None else rows * 0 + first
        scores.append(int(support.times[rows] @ points.clip(min=0)))
    return tuple(scores)
