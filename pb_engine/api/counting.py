"""Further words of counting, for methods, for result views, and for the test kit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pb_engine.ballots import BallotFormat
from pb_engine.tallying import Election, Exact, Support, check_outcome, draw_lot
from pb_engine.tallying.columns import Whole
from pb_engine.tallying.fairness import (
    AreaShare,
    Check,
    Claim,
    Fairness,
    Place,
    fairness_of,
    fairness_sentences,
    percent,
)

__all__ = [
    "WEIGHED",
    "AreaShare",
    "Check",
    "Claim",
    "Exact",
    "Fairness",
    "Place",
    "Support",
    "Whole",
    "as_exact",
    "check_outcome",
    "draw_lot",
    "fairness_of",
    "fairness_sentences",
    "percent",
    "points_by_mark",
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
    if by == "votes" or election.totals is not None:  # totals are crosses: each weighs 1
        return election.votes
    if election.profile.format is not BallotFormat.RANKING:
        return election.support.scores
    marks = points_by_mark(election, by=by, places=places)
    pairs = zip(election.support.rows, marks, strict=True)
    return tuple(int(election.support.times[rows] @ points) for rows, points in pairs)


def points_by_mark(
    election: Election, *, by: str = "score", places: int = 0
) -> tuple[NDArray[np.int64], ...]:
    """Return, project by project, what each mark in ``Support.rows`` gives; see ``scores``."""
    support = election.support
    first = places or int(election.profile.columns.lengths.max(initial=0))
    ranked = election.profile.format is BallotFormat.RANKING
    found = []
    for rows, weights in zip(support.rows, support.weights, strict=True):
        given = np.ones_like(rows) if by == "votes" or weights is None else weights
        if ranked and by != "votes":
            given = (first + 1 - given).clip(min=0)
        found.append(given)
    return tuple(found)
