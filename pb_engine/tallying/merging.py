"""Groups identical ballots that lie in columns, without making one ballot object."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pb_engine.tallying.columns import Columns, Whole, slices
from pb_engine.tallying.stacking import spread

_ODD = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)
_PAIRS = 500_000


def merged(columns: Columns) -> Columns:
    """Return the same ballots with identical ones grouped, in the order of their first ones.

    Fingerprints only bring likely twins together; twins are then compared mark by mark, so a
    clash of fingerprints costs compression and nothing else.
    """
    return grouped(in_order(columns))


def in_order(columns: Columns) -> Columns:
    """Return the same ballots with the marks of each in the order of the projects."""
    runs = list(slices(columns.lengths))
    if len(runs) == 1:
        return _run_in_order(columns)
    marks = columns.marks.copy()
    weights = None if columns.weights is None else columns.weights.copy()
    for ballots, at in runs:
        run = replace(
            columns,
            lengths=columns.lengths[ballots],
            marks=marks[at],
            weights=None if weights is None else weights[at],
        )
        run = _run_in_order(run)
        marks[at] = run.marks
        if weights is not None and run.weights is not None:
            weights[at] = run.weights
    return replace(columns, marks=marks, weights=weights)


def _run_in_order(columns: Columns) -> Columns:
    ballot = np.repeat(np.arange(len(columns.lengths), dtype=np.int64), columns.lengths)
    start = ballot * max(1, len(columns.projects))
    key = start + columns.marks
    if bool(np.all(key[1:] >= key[:-1])):
        return columns
    if columns.weights is None:
        return replace(columns, marks=np.sort(key) - start)
    order = np.argsort(key, kind="stable")
    return replace(columns, marks=columns.marks[order], weights=columns.weights[order])


def grouped(columns: Columns) -> Columns:
    """Return the same ballots with identical ones grouped; their marks must be in order."""
    starts = np.cumsum(columns.lengths, dtype=np.int64) - columns.lengths
    prints = fingerprints(columns)
    order = np.argsort(prints)
    left, right = order[:-1], order[1:]
    twin = prints[left] == prints[right]
    at = np.flatnonzero(twin)
    for begin in range(0, len(at), _PAIRS):
        some = at[begin : begin + _PAIRS]
        twin[some] = _same(columns, starts, left[some], right[some])
    if not bool(twin.any()):
        return columns
    first = np.flatnonzero(np.concatenate([np.ones(1, dtype=bool), ~twin]))
    times = np.add.reduceat(columns.times[order], first)
    return _kept(columns, np.minimum.reduceat(order, first), times)


def fingerprints(columns: Columns) -> NDArray[np.uint64]:
    """Return a number per ballot that is equal for identical ballots."""
    prints = np.zeros(len(columns.lengths), dtype=np.uint64)
    of_project = mixed(np.arange(1, len(columns.projects) + 1, dtype=np.uint64))
    for ballots, marks in slices(columns.lengths):
        scattered = of_project.take(columns.marks[marks].astype(np.intp, copy=False))
        if columns.weights is not None:
            scattered = mixed(scattered + columns.weights[marks].astype(np.int64).astype(np.uint64))
        lengths = columns.lengths[ballots]
        filled = np.flatnonzero(lengths)
        starts = (np.cumsum(lengths, dtype=np.int64) - lengths)[filled]
        if len(filled):
            prints[ballots.start + filled] = np.add.reduceat(scattered, starts)
    if columns.channels is not None:
        prints = mixed(prints + columns.channels.astype(np.uint64))
    return prints


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers that look scattered: different ones for different ones, and 0 for 0."""
    values = values * _ODD[0]
    values ^= values >> np.uint64(30)
    values *= _ODD[1]
    values ^= values >> np.uint64(27)
    values *= _ODD[2]
    values ^= values >> np.uint64(31)
    return values


def _same(columns: Columns, starts: Whole, one: Whole, other: Whole) -> NDArray[np.bool_]:
    """Say of each pair of ballots whether they are identical."""
    same = columns.lengths[one] == columns.lengths[other]
    if columns.channels is not None:
        same &= columns.channels[one] == columns.channels[other]
    pairs = np.flatnonzero(same)
    one, other, lengths = one[pairs], other[pairs], columns.lengths[one[pairs]]
    for some, _ in slices(lengths):
        same[pairs[some]] = _same_marks(
            columns, starts[one[some]], starts[other[some]], lengths[some]
        )
    return np.asarray(same)


def _same_marks(columns: Columns, one: Whole, other: Whole, lengths: Whole) -> NDArray[np.bool_]:
    left, right = spread(one, lengths), spread(other, lengths)
    differs = columns.marks[left] != columns.marks[right]
    if columns.weights is not None:
        differs |= columns.weights[left] != columns.weights[right]
    pair = np.repeat(np.arange(len(one)), lengths)
    return np.asarray(np.bincount(pair[differs], minlength=len(one)) == 0)


def _kept(columns: Columns, ballots: Whole, times: Whole) -> Columns:
    """Return these ballots only, in the order in which they stand."""
    kept = np.zeros(len(columns.lengths), dtype=bool)
    kept[ballots] = True
    all_times = np.zeros(len(kept), dtype=np.int64)
    all_times[ballots] = times
    marks = np.repeat(kept, columns.lengths)
    return replace(
        columns,
        lengths=columns.lengths[kept],
        marks=columns.marks[marks],
        weights=None if columns.weights is None else columns.weights[marks],
        times=all_times[kept],
        channels=None if columns.channels is None else columns.channels[kept],
    )
