"""Ballots as bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import (
    Ballot,
    BallotFormat,
    ballot_bytes,
    canonical_json,
    decode_ballot,
)
from pb_engine.errors import InvalidBallot

names = st.text(min_size=1, max_size=12)
ballots = st.builds(
    Ballot.weighing,
    st.sampled_from(BallotFormat),
    st.dictionaries(names, st.integers(0, 1_000_000), max_size=6),
)


@given(ballots)
def test_a_ballot_survives_its_bytes(ballot):
    assert decode_ballot(ballot_bytes(ballot)) == ballot


@given(ballots, st.data())
def test_the_order_of_marking_leaves_no_trace(ballot, data):
    marks = data.draw(st.permutations(ballot.marks))
    again = Ballot.weighing(ballot.format, {mark.project: mark.weight for mark in marks})
    assert ballot_bytes(again) == ballot_bytes(ballot)


GOOD = b'{"format":"points","marks":[["a",1],["b",2]],"v":1}'


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"\xff",
        b"[" * 50_000,
        GOOD + b" ",
        GOOD.replace(b",", b", "),
        GOOD.replace(b'"v":1', b'"v":2'),
        GOOD.replace(b'"v":1', b'"v":1.0'),
        GOOD.replace(b'"v":1', b'"v":1,"v":1'),
        GOOD.replace(b'"v":1', b'"v":1,"w":1'),
        GOOD.replace(b"points", b"shouting"),
        GOOD.replace(b'["a",1],["b",2]', b'["b",2],["a",1]'),
        GOOD.replace(b'["a",1]', b'["a",1.0]'),
        GOOD.replace(b'["a",1]', b'["a",-1]'),
        GOOD.replace(b'["a",1]', b'["a",true]'),
        GOOD.replace(b'["a",1]', b'["a"]'),
        GOOD.replace(b'["a",1]', b'["",1]'),
        GOOD.replace(b'["a",1]', b'["' + b"a" * 65 + b'",1]'),
        GOOD.replace(b'["a",1]', b'["a",1000001]'),
        GOOD.replace(b'["a",1]', b'["\\u0061",1]'),
    ],
)
def test_only_the_canonical_spelling_is_a_ballot(raw):
    assert decode_ballot(GOOD).format is BallotFormat.POINTS
    with pytest.raises(InvalidBallot) as refusal:
        decode_ballot(raw)
    assert refusal.value.details["problem"] == "format"


@pytest.mark.parametrize("value", [0.5, {1}, {1: 2}, b"x", [1.0]])
def test_what_has_no_one_spelling_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


def test_a_word_of_a_closed_list_is_spelled_as_text():
    assert (
        canonical_json({"f": BallotFormat.SCORE, "t": (1, None)}) == b'{"f":"score","t":[1,null]}'
    )
