"""When residents must hear how it goes with a funded idea."""

from datetime import date

import pytest

from pb_engine.domain.works import OVER, WorkState, due_days, months_later, next_due

ADOPTED = date(2027, 6, 4)


def test_news_is_due_after_three_six_and_twelve_months():
    assert due_days(ADOPTED) == (date(2027, 9, 4), date(2027, 12, 4), date(2028, 6, 4))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 1), 12, date(2028, 12, 1)),
    ],
)
def test_a_shorter_month_ends_on_its_last_day(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ([], date(2027, 9, 4)),
        ([date(2027, 7, 1)], date(2027, 9, 4)),  # too early to count
        ([date(2027, 8, 4)], date(2027, 12, 4)),
        ([date(2027, 10, 1)], date(2027, 12, 4)),
        ([date(2028, 1, 10)], date(2028, 6, 4)),  # late, and good for both
        ([date(2027, 8, 20), date(2028, 5, 4)], None),
    ],
)
def test_what_is_told_counts_for_the_days_that_are_near_or_past(told, due):
    assert next_due(ADOPTED, told, WorkState.UNDER_WAY) == due


@pytest.mark.parametrize("state", sorted(OVER))
def test_nothing_is_due_of_what_has_ended_once_residents_know(state):
    assert next_due(ADOPTED, [date(2027, 6, 5)], state) is None
    assert next_due(ADOPTED, [], state) == date(2027, 9, 4)
