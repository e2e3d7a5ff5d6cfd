"""Groups identical ballots that lie in columns, without making one ballot object."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pb_engine.tallying.columns import Columns, Whole, slices
from pb_engine.tallying.stacking import spread

_ODD = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)
_NEAR = 50_000
"""Marks that are worked on at once where that pays: they stay near the processor."""


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
    order, twin = _in_likeness(fingerprints(columns))
    twin = _identical(columns, order, twin)
    if not bool(twin.any()):
        return columns
    first = np.flatnonzero(np.concatenate([np.ones(1, dtype=bool), ~twin]))
    return _kept(columns, order[first], np.add.reduceat(columns.times[order], first))


def _in_likeness(prints: NDArray[np.uint64]) -> tuple[Whole, NDArray[np.bool_]]:
    """Return the ballots in the order of their fingerprints, and which ones look like the next.

    The lowest bits of a fingerprint give way to the place of its ballot, since numbers are sorted
    far more quickly than places by numbers; of twins the first one stands first.
    """
    bits = np.uint64(max(0, len(prints) - 1).bit_length())
    ordered = np.sort((prints >> bits << bits) | np.arange(len(prints), dtype=np.uint64))
    looks = ordered >> bits
    return (ordered ^ (looks << bits)).astype(np.int64), looks[1:] == looks[:-1]


def fingerprints(columns: Columns) -> NDArray[np.uint64]:
    """Return a number per ballot that is equal for identical ballots."""
    prints = np.zeros(len(columns.lengths), dtype=np.uint64)
    of_project = mixed(np.arange(1, len(columns.projects) + 1, dtype=np.uint64))
    for ballots, marks in slices(columns.lengths, _NEAR):
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


def _identical(columns: Columns, order: Whole, twin: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say of ballots that look like the next one in this order whether they are identical."""
    starts = np.cumsum(columns.lengths, dtype=np.int64) - columns.lengths
    ahead = np.append(twin, [False])
    at = np.flatnonzero(ahead | np.append([False], twin))
    ballots = order[at]
    for some, _ in slices(columns.lengths[ballots], _NEAR):
        run = ballots[some.start : some.stop + 1]
        ahead[at[some][: len(run) - 1]] &= _same_as_next(columns, starts, run)
    return ahead[:-1]


def _same_as_next(columns: Columns, starts: Whole, ballots: Whole) -> NDArray[np.bool_]:
    """Say of each ballot but the last whether it is identical to the one that follows it.

    Of two ballots of one length, one after the other, every mark is compared with the one that
    stands a length further on.
    """
    lengths = columns.lengths[ballots].astype(np.int64)
    same = lengths[1:] == lengths[:-1]
    if columns.channels is not None:
        channels = columns.channels[ballots]
        same &= channels[1:] == channels[:-1]
    at = spread(starts[ballots], lengths)
    further = np.repeat(np.where(same, lengths[:-1], 0), lengths[:-1])
    further += np.arange(len(further))
    marks = columns.marks[at]
    differs = marks[: len(further)] != marks.take(further)
    if columns.weights is not None:
        weights = columns.weights[at]
        differs |= weights[: len(further)] != weights.take(further)
    ends = np.cumsum(lengths[:-1])
    same[np.searchsorted(ends, np.flatnonzero(differs), side="right")] = False
    return np.asarray(same)


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
