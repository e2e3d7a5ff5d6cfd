"""Questions about an election."""

from __future__ import annotations

import pytest

from pb_engine.errors import TallyRefused
from pb_engine.tallying import draw_lot
from pb_engine.tallying.whatif import WhatIf
from pb_engine.testing.builders import an_election

ELECTION = an_election({"a": 60, "b": 70, "c": 80}, 100, ["ab", "c"], lot=["c", "a", "b"])


def test_no_question_changes_nothing():
    assert WhatIf().asked_of(ELECTION) == ELECTION


def test_another_budget():
    assert WhatIf(budget=500).asked_of(ELECTION).budget == 500


def test_a_project_that_had_not_been_there():
    asked = WhatIf(without=["a"]).asked_of(ELECTION)
    assert [project.id for project in asked.projects] == ["b", "c"]
    assert asked.lot == ("c", "b")
    assert asked.support.voters == (1, 1)
    assert asked.profile.voters == 2


def test_another_lot():
    assert WhatIf(seed="x").asked_of(ELECTION).lot == draw_lot("x", "abc")


@pytest.mark.parametrize("question", [WhatIf(without=["x"]), WhatIf(budget=-1)])
def test_an_impossible_question_is_refused(question):
    with pytest.raises(TallyRefused):
        question.asked_of(ELECTION)
