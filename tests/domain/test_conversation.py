"""Terms in working days, as a Dutch town hall counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.conversation import is_working_day, reply_due


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2025, 4, 26),
        date(2024, 12, 25),
        date(2024, 12, 26),
        date(2027, 3, 27),
    ],
)
def test_nobody_answers_on_a_weekend_or_a_public_holiday(day):
    assert not is_working_day(day)


def test_kings_day_on_a_sunday_is_kept_on_saturday():
    assert is_working_day(date(2031, 4, 28))
    assert not is_working_day(date(2031, 4, 26))


def test_a_question_before_easter_is_due_after_it():
    assert reply_due(date(2027, 3, 25), 5) == date(2027, 4, 5)


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_holds_as_many_as_it_says(asked, days):
    due = reply_due(asked, days)
    between = (asked + timedelta(days=one) for one in range(1, (due - asked).days + 1))
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == days
