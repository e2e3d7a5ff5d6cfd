"""How many more ballots a project needed: by search, under any rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying.columns import Columns
from pb_engine.tallying.election import Election, Profile
from pb_engine.tallying.outcome import Outcome
from pb_engine.units import ProjectId

_CHOOSING = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL, BallotFormat.BASKET})


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a project lacked.

    :ivar ballots: with so many more ballots that mark only this project it is funded, and with
        every smaller number it is not; ``None``: no number up to ``tried`` was enough.
    """

    project: ProjectId
    ballots: int | None
    tried: int


def ballots_short(
    election: Election, project: ProjectId, tally: Callable[[Election], Outcome], most: int
) -> Shortfall:
    """Search for the least number of further ballots, for this project only, that fund it.

    Every number is tried in turn: under Equal Shares with a completion more support may help
    less, so nothing may be skipped.  To re-check an answer, count twice: with that many further
    ballots, and with one fewer.

    :param tally: counts an election by the rule in question.
    :param most: the largest number that is tried.
    :raises TallyRefused: the project is not there, or the ballots have weights, so that nobody
        can say what a further ballot would have weighed.
    """
    if project not in {one.id for one in election.projects}:
        raise TallyRefused(f"there is no project {project[:64]!r}")
    ballot_format = election.profile.format or BallotFormat.APPROVAL
    if ballot_format not in _CHOOSING:
        raise TallyRefused(f"{ballot_format} ballots have weights; a further one has no set weight")
    counted = Counter(dict(election.profile.groups))
    further = Ballot.choosing(ballot_format, [project])
    for extra in range(most + 1):
        grown = Profile(Columns.of(counted + Counter({further: extra})))
        if project in tally(replace(election, profile=grown)).selected:
            return Shortfall(project, extra, extra)
    return Shortfall(project, None, most)
