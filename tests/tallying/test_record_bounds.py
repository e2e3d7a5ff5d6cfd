"""How large the numbers and how long the quotations of a record may be."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pb_engine.ballots import Ballot, BallotFormat, BallotPaper, PaperLine
from pb_engine.ballots.codec import LARGEST_WEIGHT
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.document import parse
from pb_engine.tallying.record import read_record, record_bytes
from pb_engine.testing.records import a_record

RECORD = a_record()
LINES = tuple(PaperLine(project.id, project.cost) for project in RECORD.projects)


def weighing(**weights):
    ballot = Ballot.weighing(BallotFormat.SCORE, weights)
    return replace(RECORD, paper=BallotPaper(BallotFormat.SCORE, LINES, 0, 3), ballots=(ballot,))


def test_weights_come_back_up_to_the_largest():
    record = weighing(bench=0, trees=7, slide=LARGEST_WEIGHT)
    assert read_record(record_bytes(record)) == record
    with pytest.raises(InvalidElectionFile, match=f"must be at most {LARGEST_WEIGHT}"):
        read_record(record_bytes(weighing(slide=LARGEST_WEIGHT + 1)))


def test_ballots_are_unfolded_up_to_the_most_that_any_city_has(monkeypatch):
    # Three distinct ballots, one of them cast twice.
    monkeypatch.setattr("pb_engine.tallying.record.MOST_BALLOTS", 4)
    assert read_record(record_bytes(RECORD)) == RECORD
    monkeypatch.setattr("pb_engine.tallying.record.MOST_BALLOTS", 3)
    with pytest.raises(InvalidElectionFile, match="more than 3 ballots"):
        read_record(record_bytes(RECORD))


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (f'{{"v":1.{"0" * 60}}}', f"1.{'0' * 38} is not a whole number; a record has no others"),
        ('{"v":{"share":NaN}}', "NaN is not a whole number; a record has no others"),
        ('{"v":[-Infinity]}', "-Infinity is not a whole number; a record has no others"),
        ('{"a":1,"b":2,"b":3}', "the key 'b' stands twice"),
        (json.dumps({"y" * 60: 1})[:-1] + f', "{"y" * 60}": 2}}', f"the key '{'y' * 40}' stands"),
    ],
)
def test_a_wrong_document_is_quoted_briefly(raw, why):
    with pytest.raises(InvalidElectionFile) as refused:
        parse(raw.encode())
    assert refused.value.sentence.startswith(f"this is not an election record: {why}")


def test_an_unknown_key_is_quoted_briefly():
    with pytest.raises(InvalidElectionFile) as refused:
        parse(json.dumps({"y" * 60: 1}).encode()).exactly(())
    assert refused.value.sentence == f"record: the key '{'y' * 40}' is unknown"
    assert refused.value.details == {"field": "record"}
