"""Further words of counting, for methods and for the test kit."""

from __future__ import annotations

from fractions import Fraction

from pb_engine.ballots import BallotFormat
from pb_engine.tallying import Election, Exact, Support, check_outcome, draw_lot

__all__ = [
    "WEIGHED",
    "Exact",
    "Support",
    "as_exact",
    "check_outcome",
    "draw_lot",
    "scores",
]

WEIGHED = frozenset({BallotFormat.POINTS, BallotFormat.SCORE, BallotFormat.RANKING})
"""Formats of which marks have a weight, so that a score is more than a number of votes."""


def as_exact(number: Fraction | int) -> Exact:
    """Write a rational as a fact: whole, or as text such as ``"7/3"``."""
    fraction = Fraction(number)
    return fraction.numerator if fraction.denominator == 1 else str(fraction)


def scores(election: Election, *, by: str = "score", places: int = 0) -> tuple[int, ...]:
    """Add up what the ballots give every project, in the order of ``election.projects``.

    :param by: ``score`` adds up weights: votes, points, grades, and for rankings Borda points;
        ``votes`` counts who marks a project.
    :param places: for rankings: the first place gets so many points, every next place one less,
        down to 1; 0 takes the longest ranking that was handed in.
    """
    support = election.support
    if by == "votes":
        return support.voters
    if election.profile.format is not BallotFormat.RANKING:
        return support.scores
    first = places or int(election.profile.columns.lengths.max(initial=0))
    totals = []
    for rows, weights in zip(support.rows, support.weights, strict=True):
        points = rows * 0 + first if weights is None else first + 1 - weights
        totals.append(int(support.times[rows] @ points.clip(min=0)))
    return tuple(totals)
