"""How high every project stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from pb_engine.api import Election, Project, Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """A project in the ranking.

    :ivar voters: how many ballots mark it.
    :ivar score: votes, points or grades, added up.
    :ivar lot: its place in the lot, which decides between equals.
    :ivar per_euro: whether votes count per euro.
    """

    project: Project
    voters: int
    score: int
    lot: int
    per_euro: bool

    @property
    def worth(self) -> tuple[bool, Fraction]:
        """What counts for the order; more stands higher."""
        if not self.per_euro:
            return False, Fraction(self.score)
        if not self.project.cost:
            return self.score > 0, Fraction(0)
        return False, Fraction(self.score, self.project.cost)

    def with_more(self, votes: int) -> Standing:
        """Return the project as it would stand with further votes."""
        return replace(self, voters=self.voters + votes, score=self.score + votes)

    def votes_to_pass(self, other: Standing) -> int:
        """Return a number of further votes with which it stands above ``other``, if any does.

        No smaller number does.  Where no number does, some number is returned all the same.
        """
        near = max(int(self._level_with(other)) - self.score - 1, 0)
        tries = (near + more for more in range(3))
        return next((x for x in tries if _key(self.with_more(x)) < _key(other)), near)

    def _level_with(self, other: Standing) -> Fraction:
        """Return the score with which it would stand about as high as ``other``."""
        if not self.per_euro:
            return Fraction(other.score)
        if not self.project.cost or not other.project.cost:
            return Fraction(1)
        return Fraction(other.score * self.project.cost, other.project.cost)


def _key(standing: Standing) -> tuple[bool, Fraction, int]:
    free, worth = standing.worth
    return not free, -worth, standing.lot


def ranked(standings: Iterable[Standing]) -> list[Standing]:
    """Put projects in order, the highest first."""
    return sorted(standings, key=_key)


def standings(election: Election, settings: Settings) -> list[Standing]:
    """Return all projects, the highest first.

    :raises TallyRefused: the lot does not hold every project once.
    """
    support = election.support
    columns = zip(
        election.projects, support.voters, support.scores, election.lot_places(), strict=True
    )
    per_euro = settings["order"] == "votes_per_euro"
    return ranked(Standing(*column, per_euro) for column in columns)
