"""Grades of a project, and who stands above whom by majority judgement."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cmp_to_key
from itertools import accumulate

from pb_engine.api import Election, Project


@dataclass(frozen=True, slots=True)
class Grades:
    """All grades of one project in ascending order, equal ones counted together.

    :ivar grades: the different grades, ascending.
    :ivar ends: per grade: how many ballots gave this grade or a lower one.
    """

    grades: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, counted: Mapping[int, int]) -> Grades:
        """Put counted grades in order."""
        pairs = sorted((grade, number) for grade, number in counted.items() if number)
        ends = accumulate(number for _, number in pairs)
        return cls(tuple(grade for grade, _ in pairs), tuple(ends))

    @property
    def ballots(self) -> int:
        """How many grades there are: as many as ballots."""
        return self.ends[-1] if self.ends else 0

    def at(self, place: int) -> int:
        """Return the grade at a place in ascending order, from 0."""
        return self.grades[bisect_right(self.ends, place)]

    @property
    def majority(self) -> int:
        """The highest grade that at least half of the ballots reach; 0 without a ballot."""
        return self.at((self.ballots - 1) // 2) if self.ballots else 0

    @property
    def better(self) -> int:
        """How many ballots gave more than the majority grade."""
        return self.ballots - self._up_to(self.majority)

    @property
    def worse(self) -> int:
        """How many ballots gave less than the majority grade."""
        return self._up_to(self.majority - 1)

    def _up_to(self, grade: int) -> int:
        index = bisect_right(self.grades, grade)
        return self.ends[index - 1] if index else 0

    def raised(self, number: int, to: int) -> Grades:
        """Return these grades with the lowest ``number`` of them raised to ``to``."""
        counted: Counter[int] = Counter()
        left, start = number, 0
        for grade, end in zip(self.grades, self.ends, strict=True):
            moved = min(left, end - start)
            counted[max(grade, to)] += moved
            counted[grade] += end - start - moved
            left, start = left - moved, end
        return Grades.of(counted)

    def distances(self) -> set[int]:
        """Return how far from the middle a grade begins, on either side."""
        low, high = (self.ballots - 1) // 2, self.ballots // 2
        below = {low - end + 1 for end in self.ends if end <= low}
        above = {end - high for end in self.ends if high < end < self.ballots}
        return {0, *below, *above}

    def around(self, distance: int) -> tuple[int, int]:
        """Return the grades that far below and above the middle."""
        return self.at((self.ballots - 1) // 2 - distance), self.at(self.ballots // 2 + distance)


def compare(one: Grades, other: Grades) -> int:
    """Return more than 0 when ``one`` stands above ``other``, 0 when they are equal.

    Majority judgement compares majority grades; while these are equal, it takes one of them away
    from both and looks again.  The grades that come up in this way lie around the middle, in turn
    below and above it, and they only change where a new grade begins.
    """
    if not one.ballots:
        return 0
    for distance in sorted(one.distances() | other.distances()):
        mine, theirs = one.around(distance), other.around(distance)
        if mine != theirs:
            return 1 if mine > theirs else -1
    return 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A project in the ranking.

    :ivar voters: how many ballots grade it at all.
    :ivar lot: its place in the lot, which decides between equals.
    """

    project: Project
    voters: int
    grades: Grades
    lot: int

    def above(self, other: Standing) -> bool:
        """Say whether it stands above ``other``."""
        difference = compare(self.grades, other.grades)
        return difference > 0 or (difference == 0 and self.lot < other.lot)

    def raised(self, number: int, to: int) -> Standing:
        """Return the project with its lowest ``number`` of grades raised to ``to``."""
        return replace(self, grades=self.grades.raised(number, to))


def standings(election: Election) -> list[Standing]:
    """Return all projects, the highest first; whoever left out a project gave it a 0.

    :raises TallyRefused: the lot does not hold every project once.
    """
    columns = zip(
        election.projects,
        election.support.voters,
        _grades(election),
        election.lot_places(),
        strict=True,
    )
    ranking = sorted((Standing(*column) for column in columns), key=lambda one: one.lot)
    by_grades = cmp_to_key(compare)
    return sorted(ranking, key=lambda one: by_grades(one.grades), reverse=True)


def _grades(election: Election) -> list[Grades]:
    support, ballots = election.support, election.profile.voters
    found = []
    for rows, weights, voters in zip(support.rows, support.weights, support.voters, strict=True):
        counted: Counter[int] = Counter({0: ballots - voters})
        grades = [1] * len(rows) if weights is None else weights.tolist()
        for grade, times in zip(grades, support.times[rows].tolist(), strict=True):
            counted[grade] += times
        found.append(Grades.of(counted))
    return found
