"""Bytes that were published once and may never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from pb_engine.ballots import (
    Ballot,
    BallotFormat,
    BallotPaper,
    PaperGroup,
    PaperLine,
    ballot_bytes,
    canonical_json,
    decode_ballot,
    paper_document,
    read_paper,
)
from pb_engine.tallying.record import read_record, record_bytes, record_digest
from pb_engine.units import LocalText
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


LINES = (PaperLine("a", 300), PaperLine("b", 500))


@pytest.mark.parametrize(
    ("paper", "raw"),
    [
        (
            BallotPaper(F.APPROVAL, LINES, 0, 2),
            (
                '{"format":"approval","lines":[["a",300],["b",500]],"max_choices":2,'
                '"max_points":null,"min_choices":0,"spend_limit":null}'
            ),
        ),
        (
            BallotPaper(F.BASKET, LINES, 1, 2, spend_limit=600),
            (
                '{"format":"basket","lines":[["a",300],["b",500]],"max_choices":2,'
                '"max_points":null,"min_choices":1,"spend_limit":600}'
            ),
        ),
        (
            BallotPaper(F.APPROVAL, LINES, 0, 2, groups=(PaperGroup("zuid", ("b",), 1),)),
            (
                '{"format":"approval","groups":[["zuid",["b"],1]],"lines":[["a",300],["b",500]],'
                '"max_choices":2,"max_points":null,"min_choices":0,"spend_limit":null}'
            ),
        ),
        (
            BallotPaper(
                *(F.SCORE, LINES, 0, 2),
                max_points=1,
                grades=(LocalText("slecht", "bad"), LocalText("goed", "good")),
            ),
            (
                '{"format":"score","grades":[["slecht","bad"],["goed","good"]],'
                '"lines":[["a",300],["b",500]],"max_choices":2,"max_points":1,"min_choices":0,'
                '"spend_limit":null}'
            ),
        ),
    ],
)
def test_a_paper_is_spelled_like_this(paper, raw):
    assert canonical_json(paper_document(paper)) == raw.encode()
    assert read_paper(paper_document(paper)) == paper


@pytest.mark.parametrize("ballot_format", F)
def test_a_blank_ballot_is_spelled_like_this(ballot_format):
    blank = Ballot(ballot_format, ())
    raw = f'{{"format":"{ballot_format}","marks":[],"v":1}}'.encode()
    assert ballot_bytes(blank) == raw
    assert decode_ballot(raw) == blank


def test_a_record_is_spelled_like_this():
    golden = (HERE / "record-v1.json").read_bytes()
    assert record_bytes(counted()) == golden
    assert read_record(golden) == counted()


def test_a_record_has_this_digest():
    golden = (HERE / "record-v1.json").read_bytes()
    assert record_digest(golden) == (HERE / "record-v1.sha256").read_text().strip()
