"""The ballot paper: what may be chosen, as frozen data.

Casting a ballot runs no plugin code: a voting method makes the paper once, when voting opens,
and from then on this module alone says whether a ballot follows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.ballots.ballot import Ballot
from pb_engine.ballots.formats import BallotFormat
from pb_engine.errors import InvalidBallot
from pb_engine.units import Cents, LocalText, ProjectId


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One project on the paper, with the cost that a basket adds up."""

    project: ProjectId
    cost: Cents


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Projects of one theme or area, of which a ballot marks at most ``max_choices``."""

    name: str
    projects: tuple[ProjectId, ...]
    max_choices: int


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """What may be chosen, and how.

    :ivar lines: the projects, in the order of the printed list.
    :ivar min_choices: fewest marks of a valid ballot; 0 allows a blank ballot.
    :ivar max_choices: most marks of a valid ballot.
    :ivar spend_limit: for ``basket``: the most that the chosen costs may add up to, in cents.
    :ivar max_points: for ``points``: the most points in total; for ``score``: the highest grade.
    :ivar groups: further limits, per theme or area; a project may be in several groups.
    :ivar grades: for ``score``: the words for the grades 0, 1, 2 ...; empty: the numbers.
    """

    format: BallotFormat
    lines: tuple[PaperLine, ...]
    min_choices: int
    max_choices: int
    spend_limit: Cents | None = None
    max_points: int | None = None
    groups: tuple[PaperGroup, ...] = ()
    grades: tuple[LocalText, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a paper that contradicts itself.

        :raises InvalidBallot: a group names a project that is not on the paper, two groups bear
            one name, or there are not as many words as grades.
        """
        known = frozenset(self.projects)
        for group in self.groups:
            if strange := sorted(frozenset(group.projects) - known):
                sentence = f"names {strange[0][:64]!r}, which is not on the paper"
                raise InvalidBallot(f"group {group.name[:64]!r} {sentence}", problem="format")
        if len({group.name for group in self.groups}) != len(self.groups):
            raise InvalidBallot("two groups of the paper bear one name", problem="format")
        wanted = self.max_points + 1 if self.max_points is not None else 0
        if self.grades and (self.format is not BallotFormat.SCORE or len(self.grades) != wanted):
            raise InvalidBallot(
                f"there are {len(self.grades)} words for grades; a score ballot up to "
                f"{self.max_points} needs one for each grade from 0",
                problem="format",
            )

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
            ``duplicate``, ``too_few``, ``too_many``, ``too_many_in_group``, ``over_budget``,
            ``weight``, ``too_many_points``, and the limit that was broken.
        """
        if ballot.format is not self.format:
            raise InvalidBallot(
                f"this paper takes {self.format.with_article} ballot, not {ballot.format}",
                problem="format",
            )
        self._check_projects(ballot)
        self._check_numbers(ballot)
        self._check_groups(ballot)
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

    def _check_groups(self, ballot: Ballot) -> None:
        for group in self.groups:
            given = len(frozenset(group.projects).intersection(ballot.projects))
            if given > group.max_choices:
                raise InvalidBallot(
                    f"the ballot marks {given} projects of group {group.name[:64]!r}; the maximum "
                    f"is {group.max_choices}",
                    problem="too_many_in_group",
                    group=group.name[:64],
                    limit=group.max_choices,
                    given=given,
                )


def _check_ones(paper: BallotPaper, ballot: Ballot) -> None:
    if any(mark.weight != 1 for mark in ballot.marks):
        raise InvalidBallot(f"{paper.format.with_article} ballot has no weights", problem="weight")


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
    highest, given = paper.max_points, [mark.weight for mark in ballot.marks]
    if highest is not None and any(not 0 <= grade <= highest for grade in given):
        raise InvalidBallot(
            f"a grade lies between 0 and {highest}", problem="weight", limit=highest
        )
    if any(grade < 0 for grade in given):
        raise InvalidBallot("a grade is a whole number from 0", problem="weight")


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
