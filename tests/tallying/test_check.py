"""Is it an outcome?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pb_engine.errors import TallyRefused
from pb_engine.tallying import Decision, Outcome, Verdict, check_outcome
from pb_engine.testing.builders import an_election

ELECTION = an_election({"a": 60, "b": 60}, 100, ["ab"])
FUNDED_A = Decision("a", Verdict.FUNDED, "funded", 1)
NOT_B = Decision("b", Verdict.NOT_FUNDED, "does_not_fit", 1)
GOOD = Outcome("some", "1", ("a",), (FUNDED_A, NOT_B))


def test_a_good_outcome_comes_back():
    assert check_outcome(ELECTION, GOOD) is GOOD


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (None, "gave back NoneType"),
        (replace(GOOD, decisions=(FUNDED_A,)), "see 'b'"),
        (replace(GOOD, decisions=(FUNDED_A, NOT_B, NOT_B)), "see 'b'"),
        (replace(GOOD, decisions=(FUNDED_A, NOT_B, replace(NOT_B, project="x"))), "see 'x'"),
        (replace(GOOD, selected=()), "selects other projects"),
        (replace(GOOD, selected=("a", "a")), "selects other projects"),
        (
            replace(
                GOOD,
                selected=("a", "b"),
                decisions=(FUNDED_A, replace(NOT_B, verdict=Verdict.FUNDED)),
            ),
            "spends 120 cents; the budget is 100",
        ),
    ],
)
def test_what_is_no_outcome_is_refused_with_a_sentence(wrong, sentence):
    with pytest.raises(TallyRefused, match=sentence):
        check_outcome(ELECTION, wrong)
