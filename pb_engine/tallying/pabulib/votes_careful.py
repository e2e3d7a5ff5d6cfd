"""Reads any ballots that can be understood, and says what is wrong with the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

import numpy as np

from pb_engine.ballots import BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.columns import Columns, Whole, whole
from pb_engine.tallying.pabulib.lines import Row, Rows, refuse
from pb_engine.tallying.pabulib.marks import (
    BadBallot,
    Marks,
    read_marks,
    with_places,
    with_points,
    without_repeats,
)
from pb_engine.tallying.pabulib.voters import named
from pb_engine.tallying.pabulib.votes_section import CHANNEL, MOST_CHANNELS, VotesSection

CHUNK = 50_000
"""Rows that are in memory as text at once."""

Texts = Sequence[tuple[str, ...]]
Lines = Callable[[], list[int]]
Wrong = Callable[[BadBallot], InvalidElectionFile]


def read_carefully(section: VotesSection, rows: Rows) -> Iterator[Columns]:
    """Yield the ballots of some rows, a part at a time.

    :raises InvalidElectionFile: naming line and field.
    """
    while chunk := rows.take(CHUNK):
        yield _read_chunk(section, chunk, rows.lines)


def _read_chunk(section: VotesSection, rows: list[Row], lines: Lines) -> Columns:
    _check_widths(section, rows, lines)
    _check_voters(section, rows, lines)
    places = [section.header.index(name) for name in section.wanted]
    cells = itemgetter(*places, places[0])  # twice, so that it is a tuple whatever is wanted
    texts: list[tuple[str, ...]] = list(map(cells, rows))
    counted = Counter(texts)
    different = list(counted)

    def wrong(problem: BadBallot) -> InvalidElectionFile:
        at = texts.index(different[problem.at])
        return refuse(lines()[at], problem.field, problem.sentence)

    times = whole(counted.values())
    try:
        marks = _marks(section, different, times, wrong)
        channels = _channels(section, different)
    except BadBallot as problem:
        raise wrong(problem) from problem
    return Columns(
        section.format,
        section.ids,
        marks.lengths,
        marks.projects,
        marks.weights,
        times,
        *channels,
    )


def _channels(section: VotesSection, texts: Texts) -> tuple[Whole | None, tuple[str, ...]]:
    if CHANNEL not in section.header:
        return None, ()
    given = [cells[-2].strip() for cells in texts]
    names = sorted(set(given))
    if len(names) > MOST_CHANNELS:
        at = given.index(names[MOST_CHANNELS])
        raise BadBallot(at, CHANNEL, f"more than {MOST_CHANNELS} ways to vote")
    return whole(map(names.index, given)), tuple(names)


def _marks(section: VotesSection, texts: Texts, times: Whole, wrong: Wrong) -> Marks:
    marks = read_marks([cells[0] for cells in texts], section.place)
    section.spaced |= marks.spaced
    if section.weighed:
        marks = _known(section, with_points(marks, [cells[1] for cells in texts]), wrong)
        _check_limits(section, marks, times, wrong)
        _refuse_repeats(marks, len(section.ids))
        if section.format is BallotFormat.POINTS:
            _refuse_negative(marks)
        # No points given is nothing marked; a grade of 0 is a grade.
        return marks.without_zeros() if section.format is BallotFormat.POINTS else marks
    marks = _known(section, marks, wrong)
    _check_limits(section, marks, times, wrong)
    once = without_repeats(marks, len(section.ids))
    section.repeats += int((marks.lengths - once.lengths) @ times)
    return with_places(once) if section.format is BallotFormat.RANKING else once


def _known(section: VotesSection, marks: Marks, wrong: Wrong) -> Marks:
    known = marks.projects < len(section.ids)
    if bool(known.all()):
        return marks
    first = int(marks.ballots[~known][0])
    sentence = f"{marks.strange!r} is not in PROJECTS"
    section.tolerance.face(wrong(BadBallot(first, "vote", f"project {sentence}")))
    return marks.keeping(known)


def _refuse_negative(marks: Marks) -> None:
    if marks.weights is not None and bool((below := marks.weights < 0).any()):
        at = int(np.argmax(below))
        sentence = f"{marks.weights[at]} points; a cumulative vote gives none below zero"
        raise BadBallot(int(marks.ballots[at]), "points", sentence)


def _check_limits(section: VotesSection, marks: Marks, times: Whole, wrong: Wrong) -> None:
    section.below.update(dict(section.limits.below(marks, times)))
    try:
        section.limits.check(marks)
    except BadBallot as problem:
        section.tolerance.face(wrong(problem))


def _refuse_repeats(marks: Marks, projects: int) -> None:
    once = without_repeats(marks, projects)
    uneven = (once.lengths != marks.lengths).nonzero()[0]
    if len(uneven):
        raise BadBallot(int(uneven[0]), "vote", "gives points to one project twice")


def _check_widths(section: VotesSection, rows: list[Row], lines: Lines) -> None:
    width = len(section.header)
    if set(map(len, rows)) == {width}:
        return
    at = next(at for at, row in enumerate(rows) if len(row) != width)
    raise refuse(lines()[at], "VOTES", f"{len(rows[at])} cells where {width} columns are named")


def _check_voters(section: VotesSection, rows: list[Row], lines: Lines) -> None:
    ids = [row[0] for row in rows]
    if "" in ids:
        line = lines()[ids.index("")]
        section.tolerance.face(refuse(line, "voter_id", "a voter without a name"))
    again = section.voters.add(named(ids), anyway=True)
    if not bool(again.any()):
        return
    at = int(np.argmax(again))
    here = ids.count(ids[at]) > 1
    sentence = "stands twice" if here else "of an earlier line stands here again"
    line = lines()[at]
    section.tolerance.face(refuse(line, "voter_id", f"voter {ids[at][:64]!r} {sentence}"))
