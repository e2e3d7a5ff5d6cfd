"""Reads blocks of ordinary ballots: no quotes, no spaces, nothing wrong.

Whatever is not ordinary is declined and left to ``votes_careful``, which knows what to say.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pb_engine.ballots import BallotFormat
from pb_engine.tallying.columns import Columns, Whole, whole
from pb_engine.tallying.pabulib.grid import Grid, Names, Words
from pb_engine.tallying.pabulib.marks import BadBallot, Marks, with_places
from pb_engine.tallying.pabulib.voters import named
from pb_engine.tallying.pabulib.votes_section import CHANNEL, MOST_CHANNELS, VotesSection

_GLANCE = 1_000


def read_quickly(section: VotesSection, block: bytes) -> Columns | None:
    """Return the ballots of a block with marks in order, or ``None`` to decline it.

    The voters are met only when nothing else is wrong.
    """
    grid = Grid.of(block, len(section.header))
    if grid is None:
        return None
    written = _marks(section, grid)
    marks = None if written is None else _tidy(section, written)
    channels = _channels(section, grid)
    if written is None or marks is None or channels is None:
        return None
    voters = _voters(grid)
    if voters is None or bool(section.voters.add(voters).any()):
        return None
    ones = np.ones(grid.rows, dtype=np.int64)
    section.below.update(dict(section.limits.below(written, ones)))
    return Columns(
        section.format, section.ids, marks.lengths, marks.projects, marks.weights, ones, *channels
    )


def _voters(grid: Grid) -> Names | None:
    cells = grid.cells(0)
    if not bool(np.all(cells.lengths > 0)):
        return None
    names = grid.names(cells)
    return names or named([grid.text(cells, at) for at in range(len(cells.starts))])


def _marks(section: VotesSection, grid: Grid) -> Marks | None:
    spans, lengths = grid.lists(section.header.index("vote"))
    names = grid.names(spans)
    projects = None if names is None else section.places.of(names)
    if projects is None:
        return None
    marks: Marks | None = Marks(lengths, projects, None)
    if section.weighed:
        marks = _with_points(section, grid, lengths, projects)
    if marks is None:
        return None
    try:
        section.limits.check(marks)
    except BadBallot:
        return None
    return marks


def _tidy(section: VotesSection, marks: Marks) -> Marks | None:
    if section.format is BallotFormat.RANKING:
        marks = with_places(marks)
    ordered = _once_in_order(marks, len(section.ids))
    if ordered is not None and section.format is BallotFormat.POINTS:
        return ordered.without_zeros()
    return ordered


def _with_points(
    section: VotesSection, grid: Grid, lengths: Whole, projects: Whole
) -> Marks | None:
    spans, given = grid.lists(section.header.index("points"))
    points = grid.numbers(spans)
    if points is None or not np.array_equal(given, lengths):
        return None
    return Marks(lengths, projects, points)


def _once_in_order(marks: Marks, projects: int) -> Marks | None:
    """Return the marks in the order of the projects; ``None`` when a ballot names one twice."""
    ballots = len(marks.lengths)
    small = (ballots + 1) * projects < np.iinfo(np.int32).max
    width = np.int32 if small else np.int64
    first = np.asarray(np.arange(ballots) * projects, dtype=width)
    start = np.repeat(first, marks.lengths)
    key: NDArray[np.integer[Any]] = start + marks.projects.astype(width, copy=False)
    if _rises(key[:_GLANCE]) and _rises(key):
        return marks
    weights = marks.weights
    if weights is None:
        key.sort()
    else:
        order = np.argsort(key)
        key, weights = key[order], weights[order]
    return Marks(marks.lengths, np.asarray(key - start), weights) if _rises(key) else None


def _rises(key: NDArray[np.integer[Any]]) -> bool:
    return bool(np.all(key[1:] > key[:-1]))


def _channels(section: VotesSection, grid: Grid) -> tuple[Whole | None, tuple[str, ...]] | None:
    if CHANNEL not in section.header:
        return None, ()
    cells = grid.cells(section.header.index(CHANNEL))
    names = grid.names(cells)
    if names is None or names[1] is not None:
        return None
    at, first = _different(names[0])
    texts = [grid.text(cells, one) for one in first]
    if len(texts) > MOST_CHANNELS or any(text != text.strip() for text in texts):
        return None
    ordered = sorted(texts)
    return whole(map(ordered.index, texts))[at], tuple(ordered)


def _different(words: Words) -> tuple[Whole, list[int]]:
    """Return which of the different words each is, and where each of those stands first.

    Made for a few different ones; it gives up after one more than there may be.
    """
    at, first = np.zeros(len(words), dtype=np.int64), list[int]()
    rest = np.arange(len(words))
    while len(rest) and len(first) <= MOST_CHANNELS:
        first.append(int(rest[0]))
        other = words[rest] != words[rest[0]]
        rest = rest[other]
        at[rest] = len(first)
    return at, first
