"""What came out of many simulated rounds, as whole numbers over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.ballots import BallotPaper
from pb_engine.units import ProjectId


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """One rule on ballots of one format; sums over all repeats.

    :ivar refused: the sentence with which the rule refused these ballots; then all else is 0.
    :ivar wins: per project, in how many repeats it was funded.
    :ivar spent: in the smallest unit of the currency.
    :ivar without: ballots that mark no funded project.
    :ivar by_lot: repeats in which the opposite lot gives another outcome.
    :ivar areas: money per area, in the smallest unit; the empty area is for everybody.
    """

    rule: str
    refused: str | None
    wins: Mapping[ProjectId, int]
    funded: int
    spent: int
    without: int
    by_lot: int
    areas: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """All rules on ballots of one format.

    :ivar repeats: how many rounds were simulated.
    :ivar ballots: per repeat.
    :ivar differ: per pair of rules, in how many repeats they fund other projects.
    """

    paper: BallotPaper
    repeats: int
    ballots: int
    rules: tuple[RuleFigures, ...]
    differ: Mapping[tuple[str, str], int]


def tenths(total: int, number: int) -> str:
    """Write an average with one decimal, rounded half up: ``5.3``.

    >>> tenths(16, 3)
    '5.3'
    """
    whole, rest = divmod((20 * total + number) // (2 * number), 10) if number else (0, 0)
    return f"{whole}.{rest}"
