"""The files that we write pass the checker of the library that collects such files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pb_engine.ballots import BallotFormat, BallotPaper, PaperLine
from pb_engine.tallying.pabulib import pabulib_bytes
from pb_engine.testing.builders import a_ballot
from pb_engine.testing.records import a_record
from tests.oracles import ask, needs_oracles

pytestmark = [needs_oracles, pytest.mark.xdist_group("oracles")]


def in_format(ballot_format):
    record = a_record()
    lines = tuple(PaperLine(project.id, project.cost) for project in record.projects)
    given = ("bench", "trees"), ("bench",), ("bench", "slide"), ("trees",)
    ballots = tuple(a_ballot(ballot_format, projects) for projects in given)
    points = 9 if ballot_format in {BallotFormat.POINTS, BallotFormat.SCORE} else None
    limit = 200_000 if ballot_format is BallotFormat.BASKET else None
    most = 1 if ballot_format is BallotFormat.SINGLE else 3
    return replace(
        record,
        budget=200_000,  # a checker wants every project to fit
        paper=BallotPaper(ballot_format, lines, 1, most, limit, points),
        ballots=tuple(sorted(ballots, key=lambda ballot: ballot.marks)),
    )


@pytest.mark.parametrize("ballot_format", sorted(BallotFormat))
def test_a_record_in_any_format_is_in_order(ballot_format):
    file = pabulib_bytes(in_format(ballot_format)).decode()
    assert ask("with_pabulib_checker", {"file": file})["errors"] == {}


def test_a_file_that_is_not_in_order_is_noticed():
    file = pabulib_bytes(in_format(BallotFormat.APPROVAL)).decode()
    wrong = file.replace("num_votes;4", "num_votes;5")
    assert ask("with_pabulib_checker", {"file": wrong})["errors"]
