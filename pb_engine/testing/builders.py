"""Readable test data: elections in one line, and many small ones without chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pb_engine.api import (
    Ballot,
    BallotFormat,
    Cents,
    Election,
    LocalText,
    Outcome,
    Profile,
    Project,
    ProjectId,
    Result,
)
from pb_engine.api.counting import draw_lot

WEIGHED = frozenset({BallotFormat.POINTS, BallotFormat.SCORE})


def a_ballot(ballot_format: BallotFormat, projects: Sequence[str]) -> Ballot:
    """Make a ballot on which earlier projects weigh more, where weights exist."""
    if ballot_format is BallotFormat.RANKING:
        places = {project: place for place, project in enumerate(projects, start=1)}
        return Ballot.weighing(ballot_format, places)
    if ballot_format in WEIGHED:
        points = {project: len(projects) - at for at, project in enumerate(projects)}
        return Ballot.weighing(ballot_format, points)
    chosen = projects[:1] if ballot_format is BallotFormat.SINGLE else projects
    return Ballot.choosing(ballot_format, chosen)


def an_election(
    costs: Mapping[str, int],
    budget: int,
    ballots: Iterable[Sequence[str]],
    *,
    ballot_format: BallotFormat = BallotFormat.APPROVAL,
    lot: Sequence[str] | None = None,
) -> Election:
    """Make an election from costs by project and ballots as lists of projects.

    :param lot: the order that settles ties; the order of ``costs`` when it is left out.
    """
    projects = tuple(Project(ProjectId(p), Cents(c), f"Title {p}") for p, c in costs.items())
    return Election(
        budget=Cents(budget),
        projects=projects,
        profile=Profile.of(a_ballot(ballot_format, ballot) for ballot in ballots),
        lot=tuple(ProjectId(project) for project in (costs if lot is None else lot)),
    )


def a_result(election: Election, outcome: Outcome) -> Result:
    """Make what a result view gets, with the same outcome once more for comparison."""
    again = LocalText("nog eens hetzelfde", "the same again")
    return Result(election, outcome, ((again, outcome),))


def small_elections(ballot_format: BallotFormat, number: int = 40) -> Iterator[Election]:
    """Yield elections of every shape: crowded and empty, rich and poor, with many ties."""
    numbers = _numbers()
    for _ in range(number):
        projects = [f"p{at}" for at in range(1 + next(numbers) % 6)]
        costs = {project: next(numbers) % 5 * 100 for project in projects}
        budget = next(numbers) % 12 * 100
        ballots = [_some(projects, numbers) for _ in range(next(numbers) % 9)]
        lot = draw_lot(str(next(numbers)), map(ProjectId, projects))
        yield an_election(costs, budget, ballots, ballot_format=ballot_format, lot=lot)


def edge_elections(ballot_format: BallotFormat) -> Iterator[Election]:
    """Yield what breaks counts: nobody, one voter, no money, nothing affordable, huge amounts."""
    costs = {"a": 300, "b": 300, "c": 0}
    many = [["a", "b"], ["b"], ["c"], ["a"]]
    boxes: list[list[list[str]]] = [[], [["b", "a"]], [[], []], many]
    for ballots in boxes:
        for budget in (0, 299, 300, 600):
            yield an_election(costs, budget, ballots, ballot_format=ballot_format)
    yield an_election({"a": 0, "b": 0}, 0, many[:2], ballot_format=ballot_format)
    # Above 2**53 a float would no longer tell these costs apart.
    large = {"a": 10**16 + 1, "b": 10**16, "c": 1}
    for budget in (10**16, 10**16 + 1, 2 * 10**16 + 1):
        yield an_election(large, budget, many, ballot_format=ballot_format)


def _some(projects: Sequence[str], numbers: Iterator[int]) -> list[str]:
    order = sorted(projects, key=lambda _: next(numbers))
    return order[: next(numbers) % (len(order) + 1)]


def _numbers() -> Iterator[int]:
    """Yield the same scattered numbers every time (a linear congruence)."""
    state = 20270101
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33
