"""What columns promise to whoever counts with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying.columns import Columns, support_of
from pb_engine.tallying.recount import record_election
from pb_engine.testing.builders import an_election
from pb_engine.testing.records import a_record


def points(weight):
    return Ballot.weighing(BallotFormat.POINTS, {"a": weight})


def test_weights_take_no_room_when_all_are_one():
    assert Columns.of({points(1): 3}).weights is None
    assert Columns.of({points(1): 3, points(2): 1}).weights.tolist() == [1, 2]


def test_rows_of_a_project_ascend_however_many_there_are():
    cast = {Ballot.weighing(BallotFormat.POINTS, {"a": 1, "b": at}): at for at in range(1, 400)}
    for rows in support_of(Columns.of(cast), ["b", "a"]).rows:
        assert rows.tolist() == list(range(399))


def test_a_lot_without_every_project_is_refused_in_a_sentence():
    with pytest.raises(TallyRefused) as refused:
        an_election({"a": 1, "b": 1}, 0, [], lot=["a"]).lot_places()
    expected = "the lot must hold every project of the election exactly once"
    assert refused.value.sentence == expected


def test_a_recount_is_in_the_currency_of_the_record():
    assert record_election(replace(a_record(), currency="PLN")).currency == "PLN"
