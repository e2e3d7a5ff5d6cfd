"""Questions that cannot be asked, and the last ones that can."""

from __future__ import annotations

import pytest

from pb_engine.errors import TallyRefused
from pb_engine.tallying.whatif import WhatIf
from pb_engine.testing.builders import an_election

ELECTION = an_election({"a": 60, "b": 70}, 100, ["ab"])


def test_a_budget_of_nothing_can_be_asked():
    assert WhatIf(budget=0).asked_of(ELECTION).budget == 0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (WhatIf(budget=-1), "a budget is never below zero"),
        (WhatIf(without=["a", "x"]), "there is no project 'x' to leave out"),
        (WhatIf(without=["y" * 65]), f"there is no project '{'y' * 64}' to leave out"),
    ],
)
def test_a_refusal_says_what_is_wrong(question, sentence):
    with pytest.raises(TallyRefused) as refused:
        question.asked_of(ELECTION)
    assert refused.value.sentence == sentence
