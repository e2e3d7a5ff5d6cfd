"""Columns that are put together stay columns of whole numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.tallying.columns import Columns
from pb_engine.tallying.gathering import joined
from pb_engine.tallying.merging import in_order, merged


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


def test_a_clash_of_fingerprints_does_not_merge_a_ballot_with_the_beginning_of_another(monkeypatch):
    monkeypatch.setattr(
        "pb_engine.tallying.merging.fingerprints",
        lambda columns: np.zeros(len(columns.times), dtype=np.uint64),
    )
    columns = Columns.of({Ballot.choosing(BallotFormat.APPROVAL, one): 1 for one in ("a", "ab")})
    assert merged(columns).lengths.tolist() == [1, 2]


def test_fingerprints_tell_thousands_of_ballots_apart():
    """A clash would cost nothing but room; here there is none."""
    chosen = [some for size in range(13) for some in combinations("abcdefghijkl", size)]
    cast = [Ballot.choosing(BallotFormat.APPROVAL, one) for one in chosen]
    half = Columns.of(dict.fromkeys(cast, 1))
    columns = joined(BallotFormat.APPROVAL, half.projects, [half, half])
    assert columns.times.tolist() == [2] * len(cast)


def test_a_clash_of_fingerprints_merges_neither_other_weights_nor_other_projects(monkeypatch):
    monkeypatch.setattr(
        "pb_engine.tallying.merging.fingerprints",
        lambda columns: np.zeros(len(columns.times), dtype=np.uint64),
    )
    given = {"a": 1, "b": 2}, {"a": 2, "b": 1}, {"a": 1, "c": 2}, {"a": 1, "b": 3}
    columns = Columns.of({Ballot.weighing(BallotFormat.POINTS, one): 1 for one in given})
    assert merged(columns).times.tolist() == [1, 1, 1, 1]


def test_marks_in_another_order_are_the_same_ballot():
    turned = Columns.of({Ballot.choosing(BallotFormat.APPROVAL, "ab"): 1})
    turned = replace(turned, marks=turned.marks[::-1].copy())
    columns = joined(BallotFormat.APPROVAL, turned.projects, [turned, in_order(turned)])
    assert columns.times.tolist() == [2]
    assert columns.marks.tolist() == [0, 1]
