"""The section VOTES: by far the longest, so it is read in columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from pb_engine.ballots import BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.columns import Columns, Whole, whole
from pb_engine.tallying.election import Project
from pb_engine.tallying.gathering import joined
from pb_engine.tallying.pabulib.limits import Limits
from pb_engine.tallying.pabulib.lines import Row, Rows, lines_of, refuse
from pb_engine.tallying.pabulib.marks import (
    BadBallot,
    Marks,
    read_marks,
    with_places,
    with_points,
    without_repeats,
)
from pb_engine.tallying.pabulib.sections import Meta, read_header
from pb_engine.tallying.pabulib.tolerance import Tolerance
from pb_engine.units import ProjectId

CHUNK = 200_000
"""Rows that are in memory as text at once."""

CHANNEL = "voting_method"

FORMATS = {
    "approval": BallotFormat.APPROVAL,
    "choose-1": BallotFormat.SINGLE,
    "cumulative": BallotFormat.POINTS,
    "ordinal": BallotFormat.RANKING,
    "scoring": BallotFormat.SCORE,
}


@dataclass(slots=True)
class _Section:
    format: BallotFormat
    header: list[str]
    ids: tuple[ProjectId, ...]
    limits: Limits
    place: dict[str, int]
    tolerance: Tolerance
    voters: set[str] = field(default_factory=set)
    repeats: int = 0

    @property
    def weighed(self) -> bool:
        return self.format in {BallotFormat.POINTS, BallotFormat.SCORE}

    @property
    def wanted(self) -> tuple[str, ...]:
        needed = ("vote", "points") if self.weighed else ("vote",)
        return (*needed, CHANNEL) if CHANNEL in self.header else needed


def read_votes(
    rows: Rows, meta: Meta, projects: Sequence[Project], unit: int, tolerance: Tolerance
) -> Columns:
    """Read all ballots, identical ones grouped.

    :raises InvalidElectionFile: a row of the wrong width, a voter twice, an unknown project,
        points that do not fit, or a ballot over the limits in META.
    """
    section = _Section(
        format=FORMATS[meta.text["vote_type"]],
        header=read_header(rows, "VOTES", "voter_id"),
        ids=tuple(project.id for project in projects),
        limits=Limits.of(meta, (project.cost for project in projects), unit),
        place={project.id: at for at, project in enumerate(projects)},
        tolerance=tolerance,
    )
    for name in section.wanted:
        if name not in section.header:
            raise refuse(rows.line, "VOTES", f"there is no column {name!r}")
    parts = []
    while chunk := rows.take(CHUNK):
        parts.append(_read_chunk(section, chunk, rows.line))
    if section.repeats:
        tolerance.note(f"a ballot names a project again {section.repeats} times; once counts")
    return joined(section.format, section.ids, parts)


def _read_chunk(section: _Section, rows: list[Row], last: int) -> Columns:
    _check_widths(section, rows, last)
    _check_voters(section, rows, last)
    cells = itemgetter(*(section.header.index(name) for name in section.wanted))
    texts: list[Hashable] = list(map(cells, rows))
    counted = Counter(texts)
    different = list(counted)

    def wrong(problem: BadBallot) -> InvalidElectionFile:
        at = texts.index(different[problem.at])
        return refuse(lines_of(rows, last)[at], problem.field, problem.sentence)

    try:
        marks = _marks(section, different, wrong)
    except BadBallot as problem:
        raise wrong(problem) from problem
    return Columns(
        section.format,
        section.ids,
        marks.lengths,
        marks.projects,
        marks.weights,
        whole(counted.values()),
        *_channels(section, different),
    )


def _channels(section: _Section, texts: Sequence[Hashable]) -> tuple[Whole | None, tuple[str, ...]]:
    if CHANNEL not in section.header:
        return None, ()
    given = [str(cells[-1]).strip() for cells in texts]  # type: ignore[index]
    names = sorted(set(given))
    place = {name: at for at, name in enumerate(names)}
    return whole(map(place.__getitem__, given)), tuple(names)


Wrong = Callable[[BadBallot], InvalidElectionFile]


def _marks(section: _Section, texts: Sequence[Hashable], wrong: Wrong) -> Marks:
    if len(section.wanted) == 1:
        votes = [str(text) for text in texts]
    else:
        votes = [cells[0] for cells in texts]  # type: ignore[index]
    if section.weighed:
        points = [cells[1] for cells in texts]  # type: ignore[index]
        marks = _known(section, with_points(read_marks(votes, section.place), points), wrong)
        _check_limits(section, marks, wrong)
        _refuse_repeats(marks, len(section.ids))
        # No points given is nothing marked; a grade of 0 is a grade.
        return marks.without_zeros() if section.format is BallotFormat.POINTS else marks
    marks = _known(section, read_marks(votes, section.place), wrong)
    _check_limits(section, marks, wrong)
    once = without_repeats(marks, len(section.ids))
    section.repeats += len(marks.projects) - len(once.projects)
    return with_places(once) if section.format is BallotFormat.RANKING else once


def _known(section: _Section, marks: Marks, wrong: Wrong) -> Marks:
    known = marks.projects < len(section.ids)
    if bool(known.all()):
        return marks
    first = int(marks.ballots[~known][0])
    sentence = f"{marks.strange!r} is not in PROJECTS"
    section.tolerance.face(wrong(BadBallot(first, "vote", f"project {sentence}")))
    return marks.keeping(known)


def _check_limits(section: _Section, marks: Marks, wrong: Wrong) -> None:
    try:
        section.limits.check(marks)
    except BadBallot as problem:
        section.tolerance.face(wrong(problem))


def _refuse_repeats(marks: Marks, projects: int) -> None:
    once = without_repeats(marks, projects)
    uneven = (once.lengths != marks.lengths).nonzero()[0]
    if len(uneven):
        raise BadBallot(int(uneven[0]), "vote", "gives points to one project twice")


def _check_widths(section: _Section, rows: list[Row], last: int) -> None:
    width = len(section.header)
    if set(map(len, rows)) == {width}:
        return
    at = next(at for at, row in enumerate(rows) if len(row) != width)
    raise refuse(
        lines_of(rows, last)[at], "VOTES", f"{len(rows[at])} cells where {width} columns are named"
    )


def _check_voters(section: _Section, rows: list[Row], last: int) -> None:
    before = len(section.voters)
    section.voters.update([row[0] for row in rows])
    if len(section.voters) == before + len(rows):
        return
    seen = Counter(row[0] for row in rows)
    for at, row in enumerate(rows):
        if seen[row[0]] > 1 or not row[0]:
            sentence = f"voter {row[0][:64]!r} stands twice"
            section.tolerance.face(refuse(lines_of(rows, last)[at], "voter_id", sentence))
            return
    section.tolerance.face(refuse(last, "voter_id", "a voter of an earlier line stands here again"))
