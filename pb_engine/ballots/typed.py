"""What somebody types who reads a paper ballot: the numbers of projects, and weights."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pb_engine.ballots.ballot import Ballot, Mark
from pb_engine.ballots.formats import BallotFormat
from pb_engine.ballots.paper import BallotPaper
from pb_engine.errors import InvalidBallot
from pb_engine.units import Cents, ProjectId

LONGEST = 6000
_BETWEEN = re.compile(r"[\s,;]+")
_ONE = re.compile(r"([0-9]{1,6})(?:[:=x/]([0-9]{1,6}))?", re.ASCII)
_WEIGHED = frozenset({BallotFormat.POINTS, BallotFormat.SCORE})


def typed_ballot(paper: BallotPaper, typed: str, numbers: Mapping[int, ProjectId]) -> Ballot:
    """Read a ballot as it was typed, and check it against its paper.

    Numbers of projects, with white space, commas or semicolons between them.  Points and grades
    stand behind a colon: ``3:2 8:5``.  For a ranking the numbers stand in order of preference.

    So they do for a basket, since nobody adds up costs on paper: projects are taken in that order,
    and one that no longer fits in the spending limit is left out.

    :param numbers: the project behind each printed number.
    :raises InvalidBallot: a number is not on the paper or no number at all (``problem="typed"``),
        or the ballot does not follow the paper.
    """
    pieces = [piece for piece in _BETWEEN.split(typed[:LONGEST]) if piece]
    read = [_piece(piece, weighed=paper.format in _WEIGHED) for piece in pieces]
    if paper.format is BallotFormat.BASKET:
        read = _fitting(paper, read, numbers)
    marks = [
        Mark(_project(number, numbers), place if paper.format is BallotFormat.RANKING else weight)
        for place, (number, weight) in enumerate(read, start=1)
    ]
    ballot = Ballot(paper.format, tuple(sorted(marks)))
    paper.check(ballot)
    return ballot


def _fitting(
    paper: BallotPaper, read: list[tuple[int, int]], numbers: Mapping[int, ProjectId]
) -> list[tuple[int, int]]:
    if len(read) > paper.max_choices:
        raise InvalidBallot(
            f"{len(read)} numbers were typed; the maximum is {paper.max_choices}",
            problem="too_many",
            limit=paper.max_choices,
            given=len(read),
        )
    if len({number for number, _ in read}) != len(read):
        raise InvalidBallot("the ballot marks one project twice", problem="duplicate")
    costs, left, kept = {one.project: one.cost for one in paper.lines}, paper.spend_limit, []
    for number, weight in read:
        cost = costs[_project(number, numbers)]
        if left is None or cost <= left:
            left = None if left is None else Cents(left - cost)
            kept.append((number, weight))
    return kept


def _piece(piece: str, *, weighed: bool) -> tuple[int, int]:
    found = _ONE.fullmatch(piece)
    if found is None or (found.group(2) is not None) is not weighed:
        how = "number:weight" if weighed else "a number"
        raise InvalidBallot(f"{piece[:12]!r} was typed; type {how}", problem="typed")
    return int(found.group(1)), int(found.group(2) or 1)


def _project(number: int, numbers: Mapping[int, ProjectId]) -> ProjectId:
    if number not in numbers:
        raise InvalidBallot(f"number {number} is not on the paper", problem="typed", given=number)
    return numbers[number]
