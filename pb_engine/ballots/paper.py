"""The ballot paper: what may be chosen, as frozen data.

Casting a ballot runs no plugin code: a voting method makes the paper once, when voting opens,
and from then on this module alone says whether a ballot follows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.ballots.ballot import Ballot
from pb_engine.ballots.formats import BallotFormat
from pb_engine.errors import InvalidBallot
from pb_engine.units import Cents, ProjectId


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One project on the paper, with the cost that a basket adds up."""

    project: ProjectId
    cost: Cents


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """What may be chosen, and how.

    :ivar lines: the projects, in the order of the printed list.
    :ivar min_choices: fewest marks of a valid ballot; 0 allows a blank ballot.
    :ivar max_choices: most marks of a valid ballot.
    :ivar spend_limit: for ``basket``: the most that the chosen costs may add up to, in cents.
    :ivar max_points: for ``points``: the most points in total; for ``score``: the highest grade.
    """

    format: BallotFormat
    lines: tuple[PaperLine, ...]
    min_choices: int
    max_choices: int
    spend_limit: Cents | None = None
    max_points: int | None = None

    @property
    def projects(self) -> tuple[ProjectId, ...]:
        """The projects in the order of the paper."""
        return tuple(line.project for line in self.lines)

    def cost_of(self, ballot: Ballot) -> Cents:
        """Add up the costs of the marked projects; unknown projects cost nothing here."""
        costs = {line.project: line.cost for line in self.lines}
        return Cents(sum(costs.get(project, 0) for project in ballot.projects))

    def check(self, ballot: Ballot) -> None:
        """Refuse a ballot that does not follow this paper.

        :raises InvalidBallot: with ``details["problem"]`` one of ``format``, ``unknown``,
            ``duplicate``, ``too_few``, ``too_many``, ``over_budget``, ``weight``,
            ``too_many_points``, and the limit that was broken.
        """
        if ballot.format is not self.format:
            raise InvalidBallot(
                f"this paper takes a {self.format} ballot, not {ballot.format}", problem="format"
            )
        self._check_projects(ballot)
        self._check_numbers(ballot)
        _WEIGHTS[self.format](self, ballot)

    def _check_projects(self, ballot: Ballot) -> None:
        known = frozenset(self.projects)
        for project in ballot.projects:
            if project not in known:
                raise InvalidBallot(
                    f"project {project[:64]!r} is not on the ballot paper",
                    problem="unknown",
                    project=project[:64],
                )
        if len(frozenset(ballot.projects)) != len(ballot.marks):
            raise InvalidBallot("the ballot marks one project twice", problem="duplicate")

    def _check_numbers(self, ballot: Ballot) -> None:
        if len(ballot.marks) < self.min_choices:
            raise InvalidBallot(
                f"the ballot marks {len(ballot.marks)} projects; the minimum is {self.min_choices}",
                problem="too_few",
                limit=self.min_choices,
                given=len(ballot.marks),
            )
        if len(ballot.marks) > self.max_choices:
            raise InvalidBallot(
                f"the ballot marks {len(ballot.marks)} projects; the maximum is {self.max_choices}",
                problem="too_many",
                limit=self.max_choices,
                given=len(ballot.marks),
            )


def _check_ones(paper: BallotPaper, ballot: Ballot) -> None:
    if any(mark.weight != 1 for mark in ballot.marks):
        raise InvalidBallot(f"a {paper.format} ballot has no weights", problem="weight")


def _check_basket(paper: BallotPaper, ballot: Ballot) -> None:
    _check_ones(paper, ballot)
    spent = paper.cost_of(ballot)
    if paper.spend_limit is not None and spent > paper.spend_limit:
        raise InvalidBallot(
            f"the chosen projects cost {spent} cents together; the limit is {paper.spend_limit}",
            problem="over_budget",
            limit=paper.spend_limit,
            given=spent,
        )


def _check_points(paper: BallotPaper, ballot: Ballot) -> None:
    if any(mark.weight < 1 for mark in ballot.marks):
        raise InvalidBallot("points are whole numbers from 1", problem="weight")
    total = sum(mark.weight for mark in ballot.marks)
    if paper.max_points is not None and total > paper.max_points:
        raise InvalidBallot(
            f"the ballot gives {total} points; the maximum is {paper.max_points}",
            problem="too_many_points",
            limit=paper.max_points,
            given=total,
        )


def _check_score(paper: BallotPaper, ballot: Ballot) -> None:
    highest = paper.max_points
    if any(
        mark.weight < 0 or (highest is not None and mark.weight > highest) for mark in ballot.marks
    ):
        raise InvalidBallot(
            f"a grade lies between 0 and {highest}", problem="weight", limit=highest or 0
        )


def _check_ranking(_paper: BallotPaper, ballot: Ballot) -> None:
    if sorted(mark.weight for mark in ballot.marks) != list(range(1, len(ballot.marks) + 1)):
        raise InvalidBallot("a ranking uses the places 1, 2, 3 ... once each", problem="weight")


_WEIGHTS = {
    BallotFormat.SINGLE: _check_ones,
    BallotFormat.APPROVAL: _check_ones,
    BallotFormat.BASKET: _check_basket,
    BallotFormat.POINTS: _check_points,
    BallotFormat.SCORE: _check_score,
    BallotFormat.RANKING: _check_ranking,
}


def paper_document(paper: BallotPaper) -> dict[str, object]:
    """Write a paper as plain values for a canonical document; ``read_paper`` reads it back."""
    return {
        "format": str(paper.format),
        "lines": [[line.project, line.cost] for line in paper.lines],
        "max_choices": paper.max_choices,
        "max_points": paper.max_points,
        "min_choices": paper.min_choices,
        "spend_limit": paper.spend_limit,
    }


def read_paper(document: Mapping[str, object]) -> BallotPaper:
    """Read what ``paper_document`` wrote.

    :raises InvalidBallot: the document is not a ballot paper.
    """
    try:
        lines = document["lines"]
        if not isinstance(lines, (list, tuple)):
            raise TypeError("lines is not a list")  # noqa: TRY301 - one place turns all of these
        return BallotPaper(
            format=BallotFormat(str(document["format"])),
            lines=tuple(PaperLine(ProjectId(str(p)), Cents(_whole(c))) for p, c in lines),
            min_choices=_whole(document["min_choices"]),
            max_choices=_whole(document["max_choices"]),
            spend_limit=None
            if document["spend_limit"] is None
            else Cents(_whole(document["spend_limit"])),
            max_points=None if document["max_points"] is None else _whole(document["max_points"]),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise InvalidBallot(f"this is not a ballot paper: {problem}", problem="format") from problem


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value
