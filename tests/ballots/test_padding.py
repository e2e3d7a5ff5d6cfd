"""The length to which ballots are padded: that of the longest one, and no more than a byte."""

from __future__ import annotations

import pytest

from pb_engine.ballots import (
    Ballot,
    BallotFormat,
    BallotPaper,
    PaperLine,
    ballot_bytes,
    plaintext_length,
)
from pb_engine.ballots.codec import LARGEST_WEIGHT


@pytest.mark.parametrize("names", [["a"], ["a", "bb"], ["a", "bb", "één ‘plan’", "x" * 64]])
def test_the_fullest_ballot_fits_with_one_byte_to_spare(names):
    lines = tuple(PaperLine(name, 100) for name in names)
    paper, empty = (BallotPaper(BallotFormat.POINTS, some, 0, len(some)) for some in (lines, ()))
    fullest = Ballot.weighing(BallotFormat.POINTS, dict.fromkeys(names, LARGEST_WEIGHT))
    blank = Ballot.weighing(BallotFormat.POINTS, {})
    longer = len(ballot_bytes(fullest)) - len(ballot_bytes(blank))
    assert plaintext_length(paper) - plaintext_length(empty) == longer + 1


def test_one_point_is_a_valid_number_of_points():
    paper = BallotPaper(BallotFormat.POINTS, (PaperLine("a", 100),), 0, 1, None, 5)
    paper.check(Ballot.weighing(BallotFormat.POINTS, {"a": 1}))
