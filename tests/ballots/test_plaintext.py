"""What stands inside a seal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import (
    Ballot,
    BallotFormat,
    BallotPaper,
    PaperLine,
    ballot_bytes,
    plaintext_length,
    read_sealed_text,
    sealed_text,
)
from pb_engine.errors import InvalidBallot

TRACKER = "ABCDEF-234567-WXYZ89"
names = st.text(min_size=1, max_size=12)
ballots = st.builds(
    Ballot.weighing,
    st.sampled_from(BallotFormat),
    st.dictionaries(names, st.integers(0, 1_000_000), max_size=6),
)
trackers = st.from_regex(r"[2-9A-HJ-NP-Z]{6}(-[2-9A-HJ-NP-Z]{6}){2}", fullmatch=True)


@given(ballots, trackers)
def test_a_ballot_and_its_tracker_survive_their_bytes(ballot, tracker):
    assert read_sealed_text(sealed_text(ballot, tracker)) == (ballot, tracker)


@given(ballots)
def test_a_ballot_of_the_first_version_has_no_tracker(ballot):
    assert read_sealed_text(ballot_bytes(ballot)) == (ballot, "")


GOOD = b'{"format":"points","marks":[["a",1]],"tracker":"ABCDEF-234567-WXYZ89","v":2}'


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"\xff",
        b"[" * 50_000,
        GOOD + b" ",
        GOOD.replace(b'"v":2', b'"v":1'),
        GOOD.replace(b'"v":2', b'"v":3'),
        GOOD.replace(b'"v":2', b'"v":2.0'),
        GOOD.replace(b'"v":2', b'"v":2,"v":2'),
        GOOD.replace(b'"v":2', b'"v":2,"w":1'),
        GOOD.replace(b"ABCDEF-", b""),
        GOOD.replace(b"ABCDEF", b"abcdef"),
        GOOD.replace(b"ABCDEF", b"ABCDE0"),
        GOOD.replace(b'"ABCDEF-234567-WXYZ89"', b"7"),
        GOOD.replace(b'"ABCDEF-234567-WXYZ89"', b'""'),
        GOOD.replace(b'["a",1]', b'["a",1.0]'),
        GOOD.replace(b'["a",1]', b'["a",1e400]'),
        GOOD.replace(b'["a",1]', b'["a",' + b"9" * 5000 + b"]"),
    ],
)
def test_only_the_canonical_spelling_is_read(raw):
    assert read_sealed_text(GOOD)[1] == TRACKER
    with pytest.raises(InvalidBallot):
        read_sealed_text(raw)


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5, unique=True), st.data())
def test_no_text_on_a_paper_is_longer_than_its_padding(projects, data):
    lines = tuple(PaperLine(project, 100) for project in projects)
    paper = BallotPaper(BallotFormat.POINTS, lines, 0, len(lines), max_points=1_000_000)
    weights = data.draw(st.dictionaries(st.sampled_from(projects), st.integers(1, 1_000_000)))
    ballot = Ballot.weighing(BallotFormat.POINTS, weights)
    assert len(sealed_text(ballot, TRACKER)) <= plaintext_length(paper)
    assert len(ballot_bytes(ballot)) <= plaintext_length(paper)
