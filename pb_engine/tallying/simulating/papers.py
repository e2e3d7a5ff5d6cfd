"""The ballot paper of any format for the same projects, so that formats can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pb_engine.ballots import BallotFormat, BallotPaper, PaperLine
from pb_engine.tallying.election import Project
from pb_engine.units import Cents

POINTS, HIGHEST_GRADE = 10, 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a voter may do; each format takes what it knows.

    :ivar spend: for a basket; ``None`` is the whole budget.
    :ivar points: to divide.
    :ivar grade: the highest grade.
    """

    least: int = 1
    most: int = 5
    spend: int | None = None
    points: int = POINTS
    grade: int = HIGHEST_GRADE


def paper_for(
    ballot_format: BallotFormat, projects: Sequence[Project], budget: int, limits: Limits
) -> BallotPaper:
    """Return a paper on which voters can choose among these projects.

    Numbers above what is on the paper come down to it.  A basket has no other limit than what it
    costs, and grades are given to every project.
    """
    number = len(projects)
    most = {
        BallotFormat.SINGLE: 1,
        BallotFormat.BASKET: number,
        BallotFormat.SCORE: number,
        BallotFormat.POINTS: min(number, limits.most, limits.points),
    }.get(ballot_format, min(number, limits.most))
    basket, points = ballot_format is BallotFormat.BASKET, ballot_format is BallotFormat.POINTS
    graded = ballot_format is BallotFormat.SCORE
    return BallotPaper(
        format=ballot_format,
        lines=tuple(PaperLine(project.id, project.cost) for project in projects),
        min_choices=min(limits.least, most),
        max_choices=most,
        spend_limit=Cents(budget if limits.spend is None else limits.spend) if basket else None,
        max_points=limits.points if points else limits.grade if graded else None,
    )
