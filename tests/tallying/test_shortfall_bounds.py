"""How far the search for further ballots goes, and what it says."""

from __future__ import annotations

import pytest

from pb_engine.errors import TallyRefused
from pb_engine.tallying import Outcome
from pb_engine.tallying.shortfall import Shortfall, ballots_short
from pb_engine.testing.builders import an_election

ELECTION = an_election({"a": 100, "b": 100}, 100, ["a", "a", "a"])


def most_votes(asked):
    """Count by votes, and keep how many ballots there were each time."""

    def tally(election):
        asked.append(election.profile.voters)
        voters = dict(zip("ab", election.support.voters, strict=True))
        return Outcome("some", "1", (max("ab", key=voters.get),), ())

    return tally


def test_every_number_up_to_the_answer_is_tried_once():
    asked = []
    assert ballots_short(ELECTION, "b", most_votes(asked), 9) == Shortfall("b", 4, 4)
    assert asked == [3, 4, 5, 6, 7]


def test_the_last_number_is_tried_and_no_further_one():
    asked = []
    assert ballots_short(ELECTION, "b", most_votes(asked), 4) == Shortfall("b", 4, 4)
    assert ballots_short(ELECTION, "b", most_votes(asked), 3) == Shortfall("b", None, 3)
    assert max(asked) == 7
    assert asked[-1] == 6


def test_an_unknown_project_is_named_by_its_beginning():
    with pytest.raises(TallyRefused) as refused:
        ballots_short(ELECTION, "y" * 65, most_votes([]), 1)
    assert refused.value.sentence == f"there is no project '{'y' * 64}'"
