"""Bytes that were published once and may never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from pb_engine.ballots import Ballot, BallotFormat, ballot_bytes
from pb_engine.tallying.record import read_record, record_bytes, record_digest
from tests.tallying.records import counted

HERE = Path(__file__).parent
F = BallotFormat


@pytest.mark.parametrize(
    ("ballot", "raw"),
    [
        (Ballot.choosing(F.SINGLE, ["a"]), '{"format":"single","marks":[["a",1]],"v":1}'),
        (
            Ballot.choosing(F.APPROVAL, ["é", "b", "Z"]),
            '{"format":"approval","marks":[["Z",1],["b",1],["é",1]],"v":1}',
        ),
        (Ballot.choosing(F.BASKET, []), '{"format":"basket","marks":[],"v":1}'),
        (
            Ballot.weighing(F.POINTS, {"b": 7, "a": 3}),
            '{"format":"points","marks":[["a",3],["b",7]],"v":1}',
        ),
        (
            Ballot.weighing(F.SCORE, {"a": 0, "10": 5, "9": 2}),
            '{"format":"score","marks":[["10",5],["9",2],["a",0]],"v":1}',
        ),
        (
            Ballot.weighing(F.RANKING, {"a": 2, 'q"': 1}),
            '{"format":"ranking","marks":[["a",2],["q\\"",1]],"v":1}',
        ),
    ],
)
def test_a_ballot_is_spelled_like_this(ballot, raw):
    assert ballot_bytes(ballot) == raw.encode()


def test_a_record_is_spelled_like_this():
    golden = (HERE / "record-v1.json").read_bytes()
    assert record_bytes(counted()) == golden
    assert read_record(golden) == counted()


def test_a_record_has_this_digest():
    golden = (HERE / "record-v1.json").read_bytes()
    assert record_digest(golden) == (HERE / "record-v1.sha256").read_text().strip()
