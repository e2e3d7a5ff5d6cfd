"""Identical ballots are grouped, others never, however alike they look."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import BallotFormat
from pb_engine.tallying.columns import Columns
from pb_engine.tallying.merging import merged
from pb_engine.units import ProjectId

MERGING = "pb_engine.tallying.merging"
IDS = tuple(ProjectId(name) for name in "abcd")
marks = st.dictionaries(st.integers(0, 3), st.integers(1, 2), max_size=4)
cast = st.lists(st.tuples(marks, st.integers(1, 3), st.integers(0, 1)), max_size=30)


def laid_out(ballots):
    """Columns of (marks, times, channel)."""
    flat = [pair for one, _, _ in ballots for pair in one.items()]

    def column(values):
        return np.array(list(values), dtype=np.int64)

    return Columns(
        BallotFormat.POINTS,
        IDS,
        column(len(one) for one, _, _ in ballots),
        column(project for project, _ in flat),
        column(weight for _, weight in flat),
        column(times for _, times, _ in ballots),
        column(channel for _, _, channel in ballots),
        ("paper", "web"),
    )


def listed(columns):
    """(marks, channel) and how often, in the order in which they stand."""
    start = 0
    for length, times, channel in zip(
        columns.lengths.tolist(), columns.times.tolist(), columns.channels.tolist(), strict=True
    ):
        pairs = slice(start, start + length)
        given_marks = zip(
            columns.marks[pairs].tolist(), columns.weights[pairs].tolist(), strict=True
        )
        yield (tuple(sorted(given_marks)), channel), times
        start += length


def counted(ballots):
    """The same, the plain way."""
    found = Counter()
    for one, times, channel in ballots:
        found[tuple(sorted(one.items())), channel] += times
    return found


@given(cast, st.integers(1, 20))
def test_identical_ballots_stand_once_in_the_order_of_their_first_ones(ballots, near):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"{MERGING}._NEAR", near)
        found = list(listed(merged(laid_out(ballots))))
    assert found == list(counted(ballots).items())


@given(cast, st.integers(1, 20), st.integers(1, 3))
def test_ballots_that_look_alike_are_not_taken_for_identical(ballots, near, looks):
    """Clashing fingerprints may leave twins apart; every ballot is still there as often."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"{MERGING}._NEAR", near)
        patched.setattr(
            f"{MERGING}.fingerprints",
            lambda columns: np.arange(len(columns.times), dtype=np.uint64) % looks << 60,
        )
        found = Counter()
        for ballot, times in listed(merged(laid_out(ballots))):
            found[ballot] += times
    assert found == counted(ballots)
