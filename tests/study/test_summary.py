"""What is told of a wave hides few people and says how sure it is."""

import random  # noqa: TID251 - invented answers, the same every time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.disclosure import Hidden, Shown
from pb_engine.study import Missing
from pb_engine.study.summary import LEAST, summarise
from tests.study.instruments import small

SMALL = small()
FORM = SMALL.form("T2")


def sheets(*trusts):
    return [{"trust": one, "heard": "3", "fair": "4"} for one in trusts]


def told(sheets_, item="trust"):
    made = summarise(SMALL, FORM, sheets_)
    return next(one.cells for one in made.questions if one.question.id == item)


def test_of_fewer_than_ten_people_nothing_is_told():
    made = summarise(SMALL, FORM, sheets(*["7"] * 9))
    assert (made.sheets, made.questions, made.scores) == (None, (), ())


def test_a_small_count_is_hidden_with_another_so_that_the_total_does_not_give_it_away():
    cells = told(sheets(*["7"] * 30, *["8"] * 20, *["9"] * 2))
    hidden = [code for code, cell in cells.items() if isinstance(cell, Hidden)]
    assert "9" in hidden
    assert len(hidden) > 1
    assert all(cell.count >= 10 for cell in cells.values() if isinstance(cell, Shown))


def test_not_knowing_is_counted_as_a_result_of_its_own():
    cells = told([*sheets(*["7"] * 40, *["8"] * 12), *[{"trust": Missing.DONT_KNOW}] * 15])
    assert cells["dont_know"] == Shown(15)


def test_a_mean_is_told_from_thirty_people_on_with_its_interval():
    few = summarise(SMALL, FORM, sheets(*["7", "8"] * (LEAST // 2 - 1)))
    assert few.scores[0].mean is None
    enough = summarise(SMALL, FORM, sheets(*["7", "8"] * (LEAST // 2)))
    (process,) = enough.scores
    # heard 3 and fair 4 turned round: 2, for everybody.
    assert (process.scored, process.mean.value, process.mean.error) == (LEAST, 2.5, 0)
    assert process.alpha is None, "everybody has the same total"


def test_alpha_rests_on_people_who_answered_every_item():
    chance = random.Random(5)
    rows = [
        {"trust": "5", "heard": str(n), "fair": str(6 - n)}
        for n in (chance.randint(1, 5) for _ in range(60))
    ]
    made = summarise(SMALL, FORM, [*rows, {"trust": "5", "heard": "5"}])
    assert made.scores[0].alpha == pytest.approx(1)
    assert made.scores[0].scored == 61


ANSWER = st.sampled_from(["0", "1", "2", "5", "10", Missing.SKIPPED, Missing.DONT_KNOW])


@given(st.lists(ANSWER, min_size=10, max_size=80))
def test_no_count_below_ten_is_ever_shown_and_all_shown_ones_are_true(answers):
    true = Counter(answers)
    for code, cell in told([{"trust": one} for one in answers]).items():
        if isinstance(cell, Shown):
            assert cell.count == true[code]
            assert cell.count >= 10
