"""The election record: one spelling, read strictly."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.document import parse
from pb_engine.tallying.record import (
    MethodChoice,
    outcome_document,
    read_outcome,
    read_record,
    record_bytes,
    record_document,
)
from pb_engine.testing.records import a_record
from tests.tallying.elections import elections
from tests.tallying.records import counted, tally

RAW = record_bytes(counted())
NO_ADD1 = {"completion": "none"}


def test_a_record_survives_writing_and_reading():
    assert read_record(RAW) == counted()
    assert record_bytes(read_record(RAW)) == RAW


approvals = st.lists(st.sets(st.sampled_from(["bench", "trees", "slide"])), max_size=8)


@given(approvals, st.text(max_size=20))
def test_any_ballots_and_texts_survive(chosen, title):
    ballots = [Ballot.choosing(BallotFormat.APPROVAL, some) for some in chosen]
    ballots.sort(key=lambda ballot: ballot.marks)
    record = replace(a_record(), ballots=tuple(ballots), place=title, notice=None)
    assert read_record(record_bytes(record)) == record


@given(approvals)
def test_the_order_of_the_ballots_leaves_no_trace(chosen):
    ballots = [Ballot.choosing(BallotFormat.APPROVAL, some) for some in chosen]
    one, other = (replace(a_record(), ballots=tuple(b)) for b in (ballots, ballots[::-1]))
    assert record_bytes(one) == record_bytes(other)


@given(elections())
def test_outcomes_survive_writing_and_reading(election):
    for choice in (MethodChoice("greedy", "1"), MethodChoice("equal_shares", "1", NO_ADD1)):
        outcome = tally(choice, election)
        assert read_outcome(json.loads(json.dumps(outcome_document(outcome)))) == outcome


def broken(path, value):
    """The record as a document with one value replaced."""
    document = json.loads(RAW)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["v"], 2, "record.v: this engine reads version 1"),
        (["budget"], -1, "record.budget: must be a whole number of at least 0"),
        (["budget"], True, "record.budget: must be a whole number of at least 0"),
        (["budget"], "1", "record.budget: must be a whole number of at least 0"),
        (["place"], 1, "record.place: must be a text"),
        (["lot"], "abc", "record.lot: must be a list"),
        (["title"], {"nl": "x"}, "record.title: the key 'en' is missing"),
        (["title"], {"nl": "x", "en": "x", "de": "x"}, "record.title: the key 'de' is unknown"),
        (["paper"], {}, "record.paper: this is not a ballot paper"),
        (["paper"], 7, "record.paper: must be an object"),
        (["projects", 0, "cost"], None, "record.projects[0].cost: must be a whole number"),
        (["ballots", 0], [1, [], 3], "record.ballots[0]: must be a list of two"),
        (["ballots", 0, 0], 10**12, "record.ballots[0][0]: more than 50000000 ballots"),
        (["ballots", 0, 0], 0, "record.ballots[0][0]: must be a whole number of at least 1"),
        (["ballots", 1, 1, 0], ["bench", 10**9], "record.ballots[1][1][0][1]: must be at most"),
        (["outcome", "decisions", 0, "verdict"], "maybe", "verdict: must be one of funded"),
        (["outcome", "facts", "left"], None, "record.outcome.facts.left: must be a whole number"),
        (["receipts"], [1], "record.receipts[0]: must be a text"),
    ],
)
def test_a_wrong_key_is_named(path, value, sentence):
    with pytest.raises(InvalidElectionFile) as refusal:
        read_record(broken(path, value))
    assert sentence in refusal.value.sentence


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"v":1.0}',
        b'{"v":NaN}',
        b'{"v":1,"v":1}',
        b"[" * 100_000,
        b'{"v":' + b"9" * 10_000 + b"}",
        RAW[:-1],
    ],
)
def test_what_is_no_record_is_refused_with_a_sentence(raw):
    with pytest.raises(InvalidElectionFile):
        read_record(raw)


def test_a_float_in_the_settings_has_no_spelling():
    record = replace(a_record(), method=MethodChoice("greedy", "1", {"share": 0.5}))
    with pytest.raises(TypeError, match="float"):
        record_bytes(record)


def test_a_key_that_stands_twice_is_named():
    with pytest.raises(InvalidElectionFile, match="the key 'a' stands twice"):
        parse(b'{"a":1,"a":2}')


def test_a_document_holds_plain_values_only():
    assert json.loads(json.dumps(record_document(a_record()))) == record_document(a_record())
