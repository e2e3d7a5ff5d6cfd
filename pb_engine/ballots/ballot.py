"""What one voter handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pb_engine.ballots.formats import BallotFormat
from pb_engine.units import ProjectId


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One marked project and its weight.

    The weight is 1 for ``single``, ``approval`` and ``basket``; the points for ``points``; the
    grade for ``score``; the place, counted from 1, for ``ranking``.
    """

    project: ProjectId
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Ballot:
    """A filled-in ballot: marks sorted by project, so equal ballots are equal values."""

    format: BallotFormat
    marks: tuple[Mark, ...]

    @classmethod
    def choosing(cls, ballot_format: BallotFormat, projects: Iterable[str]) -> Ballot:
        """Make a ballot without weights: ``single``, ``approval`` or ``basket``.

        Repeated projects stay repeated, so that ``BallotPaper.check`` can refuse them.
        """
        return cls(ballot_format, tuple(sorted(Mark(ProjectId(name)) for name in projects)))

    @classmethod
    def weighing(cls, ballot_format: BallotFormat, weights: Mapping[str, int]) -> Ballot:
        """Make a ballot with a weight per project: ``points``, ``score`` or ``ranking``."""
        marks = (Mark(ProjectId(name), weight) for name, weight in weights.items())
        return cls(ballot_format, tuple(sorted(marks)))

    @property
    def projects(self) -> tuple[ProjectId, ...]:
        """The marked projects in code-point order (not in order of preference)."""
        return tuple(mark.project for mark in self.marks)
