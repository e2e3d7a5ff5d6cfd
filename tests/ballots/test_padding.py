"""The length to which ballots are padded: that of the longest one, and no more than a byte."""

from __future__ import annotations

import pytest

from pb_engine.ballots import Ballot, BallotFormat, BallotPaper, PaperLine, ballot_bytes
from pb_engine.ballots.codec import LARGEST_WEIGHT, plaintext_length


@pytest.mark.parametrize("names", [["a"], ["a", "bb"], ["a", "bb", "één ‘plan’", "x" * 64]])
def test_the_fullest_ballot_fits_with_one_byte_to_spare(names):
    lines = tuple(PaperLine(name, 100) for name in names)
    paper = BallotPaper(BallotFormat.POINTS, lines, 0, len(names))
    fullest = Ballot.weighing(BallotFormat.POINTS, dict.fromkeys(names, LARGEST_WEIGHT))
    assert plaintext_length(paper) == len(ballot_bytes(fullest)) + 1


def test_one_point_is_a_valid_number_of_points():
    paper = BallotPaper(BallotFormat.POINTS, (PaperLine("a", 100),), 0, 1, None, 5)
    paper.check(Ballot.weighing(BallotFormat.POINTS, {"a": 1}))
