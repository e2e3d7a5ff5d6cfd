"""The bytes that are hashed and published: UTF-8 as it stands, sorted, without white space."""

from __future__ import annotations

from enum import StrEnum

import pytest

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.ballots.canonical import canonical_json
from pb_engine.ballots.codec import decode_ballot
from pb_engine.errors import InvalidBallot


class Word(StrEnum):
    ONE = "één"


def test_letters_stand_as_they_are():
    value = {"z": [1, None, True], "a": {"één": "‘€ 6.400’ 🌳"}, "b": ("x", Word.ONE)}
    expected = '{"a":{"één":"‘€ 6.400’ 🌳"},"b":["x","één"],"z":[1,null,true]}'
    assert canonical_json(value) == expected.encode()


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({1: "x"}, "a canonical document has text keys only"),
        ([1.5], "float has no canonical spelling"),
        ({"x": {1}}, "set has no canonical spelling"),
        (float("nan"), "float has no canonical spelling"),
    ],
)
def test_what_has_no_spelling_is_refused(value, sentence):
    with pytest.raises(TypeError) as refused:
        canonical_json(value)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"nonsense", "this is not a ballot: Expecting value: line 1 column 1 (char 0)"),
        (
            b'{"v":1,"format":"approval","marks":[]}',
            "the ballot is not in its canonical spelling",
        ),
    ],
)
def test_what_is_no_ballot_is_refused_with_the_reason(raw, sentence):
    with pytest.raises(InvalidBallot) as refused:
        decode_ballot(raw)
    assert refused.value.sentence == sentence
    assert refused.value.details == {"problem": "format"}


def test_a_ballot_in_its_spelling_is_read():
    raw = b'{"format":"approval","marks":[["a",1]],"v":1}'
    assert decode_ballot(raw) == Ballot.choosing(BallotFormat.APPROVAL, "a")
