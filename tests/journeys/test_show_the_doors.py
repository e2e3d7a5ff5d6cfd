"""The show of one voting right and every door in its short form: few residents, the same doors."""

import pytest

from tests.journeys.show_the_doors import CHEAP_COST, show

pytestmark = pytest.mark.slow


def test_every_door_leads_to_one_right_and_the_paper_balances(tmp_path):
    shown = show(tmp_path, residents=1200, sheets=60, cost=CHEAP_COST, apart=False)
    assert len(shown.doors) == len(set(shown.doors)) == 10
    assert len(shown.second_doors) == 4
    assert shown.guesses == 30
    assert len(shown.differences) == 5
    assert shown.checks > 30
    assert shown.counted > 55 + 12
    assert shown.leaked == ()
