"""Groups identical ballots that lie in columns, without making one ballot object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pb_engine.ballots import BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying.columns import Columns, Whole, whole
from pb_engine.units import ProjectId

_ODD = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)


def joined(
    ballot_format: BallotFormat, projects: tuple[ProjectId, ...], parts: Sequence[Columns]
) -> Columns:
    """Put columns over the same projects one under the other and group identical ballots."""
    none = whole(())
    weighed = any(part.weights is not None for part in parts)
    names = tuple(sorted({name for part in parts for name in part.channel_names}))
    return merged(
        Columns(
            format=ballot_format if parts else None,
            projects=projects,
            lengths=np.concatenate([none, *(part.lengths for part in parts)]),
            marks=np.concatenate([none, *(part.marks for part in parts)]),
            weights=np.concatenate([_weights(part) for part in parts]) if weighed else None,
            times=np.concatenate([none, *(part.times for part in parts)]),
            channels=np.concatenate([_channels(part, names) for part in parts]) if names else None,
            channel_names=names,
        )
    )


def merged(columns: Columns) -> Columns:
    """Return the same ballots with identical ones grouped.

    Fingerprints only bring likely twins together; twins are then compared mark by mark, so a
    clash of fingerprints costs compression and nothing else.
    """
    columns = _marks_in_order(columns)
    ends = np.cumsum(columns.lengths)
    starts = ends - columns.lengths
    prints = _fingerprints(columns, starts, ends)
    order = np.argsort(prints, kind="stable")
    left, right = order[:-1], order[1:]
    twin = (prints[left] == prints[right]) & (columns.lengths[left] == columns.lengths[right])
    if columns.channels is not None:
        twin &= columns.channels[left] == columns.channels[right]
    twin[twin] = _same_marks(columns, starts, left[twin], right[twin])
    first = np.flatnonzero(np.concatenate([np.ones(min(1, len(order)), dtype=bool), ~twin]))
    if len(first) == len(order):
        return columns
    return _pick(columns, starts, order[first], np.add.reduceat(columns.times[order], first))


def _weights(columns: Columns) -> Whole:
    if columns.weights is None:
        return np.ones(len(columns.marks), dtype=np.int64)
    return columns.weights


def _channels(columns: Columns, names: Sequence[str]) -> Whole:
    """Return the channels as places in ``names``.

    :raises TallyRefused: only some of the ballots have one.
    """
    if columns.channels is None:
        raise TallyRefused("some ballots say how they were cast and some do not")
    return whole(names.index(name) for name in columns.channel_names)[columns.channels]


def _marks_in_order(columns: Columns) -> Columns:
    ballot = np.repeat(np.arange(len(columns.times)), columns.lengths)
    start = ballot * max(1, len(columns.projects))
    key = start + columns.marks
    if bool(np.all(key[1:] >= key[:-1])):
        return columns
    if columns.weights is None:
        return replace(columns, marks=np.sort(key) - start)
    order = np.argsort(key, kind="stable")
    return replace(columns, marks=columns.marks[order], weights=columns.weights[order])


def _fingerprints(columns: Columns, starts: Whole, ends: Whole) -> NDArray[np.uint64]:
    mixed = _mixed(columns.marks.astype(np.uint64) + np.uint64(1))
    if columns.weights is not None:
        mixed = _mixed(mixed + columns.weights.astype(np.uint64))
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    prints = sums[ends] - sums[starts]
    if columns.channels is not None:
        prints = _mixed(prints + columns.channels.astype(np.uint64))
    return np.asarray(prints)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = values * _ODD[0]
    values = (values ^ (values >> np.uint64(30))) * _ODD[1]
    values = (values ^ (values >> np.uint64(27))) * _ODD[2]
    return np.asarray(values ^ (values >> np.uint64(31)))


def _spread(starts: Whole, lengths: Whole) -> Whole:
    """Return the places of all marks of ballots that start here and are this long."""
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths))


def _same_marks(columns: Columns, starts: Whole, one: Whole, other: Whole) -> NDArray[np.bool_]:
    lengths = columns.lengths[one]
    left, right = _spread(starts[one], lengths), _spread(starts[other], lengths)
    differs = columns.marks[left] != columns.marks[right]
    if columns.weights is not None:
        differs |= columns.weights[left] != columns.weights[right]
    pair = np.repeat(np.arange(len(one)), lengths)
    return np.asarray(np.bincount(pair[differs], minlength=len(one)) == 0)


def _pick(columns: Columns, starts: Whole, ballots: Whole, times: Whole) -> Columns:
    order = np.argsort(ballots, kind="stable")
    ballots, times = ballots[order], times[order]
    lengths = columns.lengths[ballots]
    at = _spread(starts[ballots], lengths)
    weights = None if columns.weights is None else columns.weights[at]
    return replace(
        columns,
        lengths=lengths,
        marks=columns.marks[at],
        weights=weights,
        times=times,
        channels=None if columns.channels is None else columns.channels[ballots],
    )
