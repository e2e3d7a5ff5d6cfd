"""The sheet of ballots: a row for every mark, the marks of a ballot together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from pb_engine.ballots import BallotFormat
from pb_engine.tallying.columns import Columns, whole
from pb_engine.tallying.gathering import Gathering
from pb_engine.tallying.pabulib.amounts import whole_number
from pb_engine.tallying.pabulib.limits import Limits
from pb_engine.tallying.pabulib.lines import refuse
from pb_engine.tallying.pabulib.marks import BadBallot, Marks
from pb_engine.tallying.pabulib.tolerance import Tolerance
from pb_engine.tallying.pabulib.voters import Voters, named
from pb_engine.tallying.sheets.cells import Sheet
from pb_engine.units import ProjectId

_AT_ONCE = 20_000
_LONGEST_WEIGHT = 12
_PLAIN = {BallotFormat.SINGLE, BallotFormat.APPROVAL, BallotFormat.BASKET}


@dataclass(slots=True)
class _Filled:
    """A ballot while its rows come by; without a channel where the sheet has no such column."""

    name: str
    channel: str | None
    line: int
    weights: dict[int, int] = field(default_factory=dict)


def read_ballots(
    sheet: Sheet,
    ballot_format: BallotFormat,
    place: Mapping[ProjectId, int],
    limits: Limits,
    tolerance: Tolerance,
) -> Columns:
    """Read all ballots, identical ones grouped; a ballot without a project is blank.

    :raises InvalidElectionFile: naming line and column.
    """
    gathering, voters = Gathering(ballot_format, tuple(place)), Voters()
    waiting: list[_Filled] = []
    for ballot in _ballots(sheet, ballot_format, place, tolerance):
        waiting.append(ballot)
        if len(waiting) == _AT_ONCE:
            gathering.add(_columns(waiting, ballot_format, place, limits, voters, tolerance))
            waiting = []
    if waiting:
        gathering.add(_columns(waiting, ballot_format, place, limits, voters, tolerance))
    return gathering.columns()


def _ballots(
    sheet: Sheet,
    ballot_format: BallotFormat,
    place: Mapping[ProjectId, int],
    tolerance: Tolerance,
) -> Iterator[_Filled]:
    current: _Filled | None = None
    for line, row in sheet:
        name, channel = row["ballot"], row.get("channel")
        if not name:
            raise refuse(line, "ballot", "a mark must say to which ballot it belongs")
        if current is None or current.name != name:
            if current is not None:
                yield current
            current = _Filled(name, channel, line)
        current.line = line
        if channel != current.channel:
            raise refuse(line, "channel", f"ballot {name[:64]!r} came through another one before")
        _mark(current, line, row, ballot_format, place, tolerance)
    if current is not None:
        yield current


def _mark(
    ballot: _Filled,
    line: int,
    row: Mapping[str, str],
    ballot_format: BallotFormat,
    place: Mapping[ProjectId, int],
    tolerance: Tolerance,
) -> None:
    project, weight = ProjectId(row["project"]), row.get("weight", "")
    if not project:
        if weight:
            raise refuse(line, "project", "there is a weight here, but no project")
        return
    if project not in place:
        sentence = f"project {project[:64]!r} is not in projects.csv"
        tolerance.face(refuse(line, "project", sentence))
        return
    if place[project] in ballot.weights:
        raise refuse(line, "project", f"ballot {ballot.name[:64]!r} marks {project!r} twice")
    given = _weight(line, weight, ballot_format)
    if given or ballot_format is not BallotFormat.POINTS:
        ballot.weights[place[project]] = given


def _weight(line: int, text: str, ballot_format: BallotFormat) -> int:
    if ballot_format in _PLAIN:
        if text not in {"", "1"}:
            sentence = f"{text[:40]!r}: on {ballot_format.with_article} ballot a mark weighs 1"
            raise refuse(line, "weight", sentence)
        return 1
    if len(text) > _LONGEST_WEIGHT:
        raise refuse(line, "weight", f"{text[:40]!r} is too long for a weight")
    return whole_number(text, line, "weight", negative=ballot_format is BallotFormat.SCORE)


def _columns(
    ballots: list[_Filled],
    ballot_format: BallotFormat,
    place: Mapping[ProjectId, int],
    limits: Limits,
    voters: Voters,
    tolerance: Tolerance,
) -> Columns:
    again = voters.add(named([ballot.name for ballot in ballots]), anyway=True)
    if bool(again.any()):
        second = ballots[int(np.flatnonzero(again)[-1])]
        sentence = f"ballot {second.name[:64]!r} stands elsewhere too; its rows must stand together"
        raise refuse(second.line, "ballot", sentence)
    if ballot_format is BallotFormat.RANKING:
        _check_places(ballots)
    plain = ballot_format in _PLAIN
    weights = whole(weight for ballot in ballots for weight in ballot.weights.values())
    marks = Marks(
        whole(len(ballot.weights) for ballot in ballots),
        whole(project for ballot in ballots for project in ballot.weights),
        None if plain else weights,
    )
    try:
        limits.check(marks)
    except BadBallot as problem:
        line = ballots[problem.at].line
        tolerance.face(refuse(line, "ballot", problem.sentence))
    names = tuple(sorted({ballot.channel or "" for ballot in ballots}))
    known = ballots[0].channel is not None
    return Columns(
        ballot_format,
        tuple(place),
        marks.lengths,
        marks.projects,
        marks.weights,
        np.ones(len(ballots), dtype=np.int64),
        whole(names.index(ballot.channel or "") for ballot in ballots) if known else None,
        names if known else (),
    )


def _check_places(ballots: list[_Filled]) -> None:
    for ballot in ballots:
        if sorted(ballot.weights.values()) != list(range(1, len(ballot.weights) + 1)):
            sentence = f"ballot {ballot.name[:64]!r} must give the places 1, 2, 3 ... once each"
            raise refuse(ballot.line, "weight", sentence)
