"""Columns that are put together stay columns of whole numbers."""

from __future__ import annotations

import numpy as np

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.tallying.columns import Columns
from pb_engine.tallying.merging import joined


def test_parts_with_and_without_weights_make_whole_weights():
    plain = Columns.of({Ballot.weighing(BallotFormat.POINTS, {"a": 1}): 2})
    weighed = Columns.of({Ballot.weighing(BallotFormat.POINTS, {"a": 3}): 1})
    columns = joined(BallotFormat.POINTS, ("a",), [plain, weighed])
    assert columns.weights.tolist() == [1, 3]
    assert columns.weights.dtype == np.int64
    assert columns.times.tolist() == [2, 1]


def test_no_parts_make_no_ballots():
    columns = joined(BallotFormat.POINTS, ("a",), [])
    assert columns.format is None
    assert list(columns.ballots()) == []
