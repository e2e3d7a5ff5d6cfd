"""Ballots as columns of numbers: what makes a city's count take a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pb_engine.ballots import Ballot, BallotFormat, Mark
from pb_engine.errors import TallyRefused
from pb_engine.units import ProjectId

Whole = NDArray[np.int64]
"""A column of whole numbers."""

SLICE = 2_000_000
"""Marks that are worked on at once, so that intermediate results stay small."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Distinct ballots side by side.

    :ivar format: of all ballots; ``None`` when there is none.
    :ivar projects: every project that is marked, each once.
    :ivar lengths: how many marks each distinct ballot has.
    :ivar marks: the marks of all ballots one after the other, as places in ``projects``.
    :ivar weights: the weight of each mark; ``None`` when all are 1.
    :ivar times: how often each distinct ballot was cast.
    :ivar channels: how each distinct ballot was cast, as a place in ``channel_names``; ``None``
        when nobody knows.  Equal ballots of two channels are distinct.
    :ivar channel_names: sorted; ``""`` for ballots that do not say.
    """

    format: BallotFormat | None
    projects: tuple[ProjectId, ...]
    lengths: Whole
    marks: Whole
    weights: Whole | None
    times: Whole
    channels: Whole | None = None
    channel_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, counted: Mapping[Ballot, int]) -> Columns:
        """Lay out ballots that were grouped already.

        :raises TallyRefused: ballots of more than one format.
        """
        flat = [mark for ballot in counted for mark in ballot.marks]
        projects = tuple(sorted({mark.project for mark in flat}))
        place = {project: at for at, project in enumerate(projects)}
        weights = whole(mark.weight for mark in flat)
        return cls(
            format=_one_format(counted),
            projects=projects,
            lengths=whole(len(ballot.marks) for ballot in counted),
            marks=whole(place[mark.project] for mark in flat),
            weights=None if bool(np.all(weights == 1)) else weights,
            times=whole(counted.values()),
        )

    def ballots(self) -> Iterator[tuple[Ballot, int]]:
        """Yield the distinct ballots again, with how often each was cast.

        A ballot that was cast through two channels comes twice.
        """
        if self.format is None:
            return
        names = [self.projects[at] for at in self.marks.tolist()]
        weights = [1] * len(names) if self.weights is None else self.weights.tolist()
        start = 0
        for length, times in zip(self.lengths.tolist(), self.times.tolist(), strict=True):
            end = start + length
            marks = zip(names[start:end], weights[start:end], strict=True)
            yield Ballot(self.format, tuple(sorted(Mark(*mark) for mark in marks))), times
            start = end


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """Who marks which project, project by project.

    :ivar times: how often each distinct ballot was cast.
    :ivar rows: per project: which distinct ballots mark it, ascending.
    :ivar weights: per project: the weights of those marks, or ``None`` when all are 1.
    :ivar voters: per project: how many ballots mark it.
    :ivar scores: per project: the sum of the weights over all ballots.
    :ivar channels: see ``Columns``.
    :ivar channel_names: see ``Columns``.
    """

    times: Whole
    rows: tuple[Whole, ...]
    weights: tuple[Whole | None, ...]
    voters: tuple[int, ...]
    scores: tuple[int, ...]
    channels: Whole | None = None
    channel_names: tuple[str, ...] = ()


def support_of(columns: Columns, projects: Sequence[ProjectId]) -> Support:
    """Turn columns by ballot into columns by project; marks of other projects are left out."""
    place = {project: at for at, project in enumerate(projects)}
    known = whole(place.get(project, len(projects)) for project in columns.projects)
    column = known[columns.marks] if len(known) else columns.marks
    if len(projects) < np.iinfo(np.int16).max:
        column = column.astype(np.int16)  # numpy sorts these by their digits
    bounds = np.zeros(len(projects) + 2, dtype=np.int64)
    np.cumsum(np.bincount(column, minlength=len(projects) + 1), out=bounds[1:])
    ballots, weights = _by_project(columns, column, bounds[:-1])
    parts = [slice(*pair) for pair in pairwise(bounds[:-1].tolist())]
    rows = tuple(ballots[part] for part in parts)
    weighed = tuple(None if weights is None else weights[part] for part in parts)
    pairs = zip(rows, weighed, strict=True)
    return Support(
        times=columns.times,
        rows=rows,
        weights=weighed,
        voters=tuple(int(columns.times[row].sum()) for row in rows),
        scores=tuple(_score(columns.times[row], weight) for row, weight in pairs),
        channels=columns.channels,
        channel_names=columns.channel_names,
    )


def voters_of(columns: Columns, projects: Sequence[ProjectId]) -> tuple[int, ...]:
    """Return how many ballots mark each of these projects: ``Support.voters``, and nothing else."""
    counts = np.bincount(columns.marks, minlength=len(columns.projects)).astype(np.int64)
    again = columns.times != 1
    lengths, times = columns.lengths[again], columns.times[again] - 1
    marks = columns.marks[np.repeat(again, columns.lengths)]
    for some, at in slices(lengths):
        np.add.at(counts, marks[at], np.repeat(times[some], lengths[some]))
    found = dict(zip(columns.projects, counts.tolist(), strict=True))
    return tuple(found.get(project, 0) for project in projects)


def _by_project(
    columns: Columns, column: NDArray[np.integer], bounds: Whole
) -> tuple[Whole, Whole | None]:
    """Return the ballot and the weight of every mark, project by project.

    A part at a time, so that what is only needed on the way stays small.
    """
    if len(column) <= SLICE:
        order = np.argsort(column, kind="stable")
        ballot = np.repeat(np.arange(len(columns.lengths)), columns.lengths)
        return ballot[order], None if columns.weights is None else columns.weights[order]
    free = bounds.copy()
    ballots = np.empty(len(column), dtype=np.int64)
    weights = None if columns.weights is None else np.empty(len(column), dtype=np.int64)
    for some, at in slices(columns.lengths):
        ballot = np.repeat(np.arange(some.start, some.stop), columns.lengths[some])
        order = np.argsort(column[at], kind="stable")
        ordered = column[at][order]
        counts = np.bincount(ordered, minlength=len(free))
        to = np.arange(len(order)) + np.repeat(free - (np.cumsum(counts) - counts), counts)
        ballots[to] = ballot[order]
        if weights is not None and columns.weights is not None:
            weights[to] = columns.weights[at][order]
        free += counts
    return ballots, weights


def slices(lengths: Whole, most: int | None = None) -> Iterator[tuple[slice, slice]]:
    """Cut ballots into runs of about ``most`` marks: the places of ballots and of marks."""
    ends = np.cumsum(lengths, dtype=np.int64)
    ballot = mark = 0
    while ballot < len(ends):
        until = max(ballot + 1, int(np.searchsorted(ends, mark + (most or SLICE), side="right")))
        end = int(ends[until - 1])
        yield slice(ballot, until), slice(mark, end)
        ballot, mark = until, end


def whole(values: Iterable[int]) -> Whole:
    """Make a column of whole numbers."""
    return np.fromiter(values, dtype=np.int64)


def _score(times: Whole, weights: Whole | None) -> int:
    return int(times.sum()) if weights is None else int(times @ weights)


def _one_format(ballots: Iterable[Ballot]) -> BallotFormat | None:
    formats = sorted({ballot.format for ballot in ballots})
    if len(formats) > 1:
        names = " and ".join(formats)
        raise TallyRefused(f"one count takes ballots of one format, not {names} together")
    return formats[0] if formats else None
