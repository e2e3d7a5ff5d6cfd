"""Columns that wait to be grouped: as narrow as their numbers allow, one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pb_engine.errors import TallyRefused
from pb_engine.tallying.columns import Columns, Whole, whole

_WIDTHS = (np.uint8, np.int16, np.int32)


def narrowed(columns: Columns) -> Columns:
    """Return equal columns that take less memory; only this module's friends may hold them."""
    return replace(
        columns,
        lengths=_narrow(columns.lengths),
        marks=_narrow(columns.marks),
        weights=None if columns.weights is None else _narrow(columns.weights),
        channels=None if columns.channels is None else _narrow(columns.channels),
    )


def widened(columns: Columns) -> Columns:
    """Return equal columns at full width."""
    return replace(
        columns,
        lengths=columns.lengths.astype(np.int64, copy=False),
        marks=columns.marks.astype(np.int64, copy=False),
        weights=None if columns.weights is None else columns.weights.astype(np.int64, copy=False),
        times=columns.times.astype(np.int64, copy=False),
        channels=None
        if columns.channels is None
        else columns.channels.astype(np.int64, copy=False),
    )


def _narrow(values: NDArray[np.integer]) -> Whole:
    if not len(values):
        return np.asarray(values)
    least, most = int(values.min()), int(values.max())
    for width in _WIDTHS:
        bounds = np.iinfo(width)
        if bounds.min <= least and most <= bounds.max:
            return np.asarray(values.astype(width))
    return np.asarray(values)


def stacked(parts: Sequence[Columns]) -> Columns:
    """Put columns one under the other; later ones may know further projects.

    :raises TallyRefused: only some of the ballots say how they were cast.
    """
    if len(parts) == 1:
        return parts[0]
    weighed = any(part.weights is not None for part in parts)
    names = tuple(sorted({name for part in parts for name in part.channel_names}))
    return replace(
        max(parts, key=lambda part: len(part.projects)),
        lengths=np.concatenate([part.lengths for part in parts]),
        marks=np.concatenate([part.marks for part in parts]),
        weights=np.concatenate([_weights(part) for part in parts]) if weighed else None,
        times=np.concatenate([part.times for part in parts]),
        channels=np.concatenate([_channels(part, names) for part in parts]) if names else None,
        channel_names=names,
    )


def _weights(columns: Columns) -> Whole:
    if columns.weights is None:
        return np.ones(len(columns.marks), dtype=columns.marks.dtype)
    return columns.weights


def _channels(columns: Columns, names: Sequence[str]) -> Whole:
    if columns.channels is None:
        if not len(columns.times):
            return columns.lengths
        raise TallyRefused("some ballots say how they were cast and some do not")
    if columns.channel_names == names:
        return columns.channels
    return whole(map(names.index, columns.channel_names))[columns.channels]


def spread(starts: Whole, lengths: Whole) -> Whole:
    """Return the places of all marks of ballots that start here and are this long."""
    lengths = lengths.astype(np.int64)
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths))
