from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.phases import (
    TRANSITIONS,
    Calendar,
    Phase,
    Step,
    Window,
    after,
    midnight,
    next_steps,
)
from pb_engine.errors import WrongPhase
from tests.builders import CALENDAR


def test_a_round_walks_from_draft_to_published():
    phase = Phase.DRAFT
    for step in list(Step)[:-1]:
        phase = after(phase, step)
    assert phase is Phase.PUBLISHED


@given(st.lists(st.sampled_from(Step), max_size=30))
def test_no_series_of_steps_reopens_a_closed_box(steps):
    phase = Phase.DRAFT
    closed = False
    for step in steps:
        try:
            phase = after(phase, step)
        except WrongPhase:
            continue
        closed = closed or phase is Phase.CLOSED
        assert not (closed and phase in {Phase.DRAFT, Phase.IDEAS, Phase.REVIEW, Phase.VOTING})


def test_a_published_or_cancelled_round_moves_no_more():
    assert next_steps(Phase.PUBLISHED) == ()
    assert next_steps(Phase.CANCELLED) == ()


def test_a_step_that_is_not_in_the_table_is_refused_with_both_names():
    with pytest.raises(WrongPhase) as refused:
        after(Phase.DRAFT, Step.PUBLISH)
    assert refused.value.details == {"phase": "draft", "step": "publish"}


def test_the_table_reaches_every_phase():
    assert set(TRANSITIONS.values()) == set(Phase) - {Phase.DRAFT}


def test_a_window_ends_at_dutch_midnight_also_when_the_clock_changes():
    window = Window(date(2027, 3, 28), date(2027, 3, 28))  # summer time begins
    assert window.start == datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert window.end - window.start == timedelta(hours=23)
    autumn = Window(date(2027, 10, 31), date(2027, 10, 31))
    assert autumn.end - autumn.start == timedelta(hours=25)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_midnights_follow_one_another(day):
    assert midnight(day) < midnight(day + timedelta(days=1))


def test_the_clock_asks_for_each_step_at_its_instant_and_not_before():
    tick = timedelta(seconds=1)
    for phase, moment, step in [
        (Phase.DRAFT, CALENDAR.ideas.start, Step.OPEN_IDEAS),
        (Phase.IDEAS, CALENDAR.ideas.end, Step.START_REVIEW),
        (Phase.REVIEW, CALENDAR.voting.start, Step.OPEN_VOTING),
        (Phase.VOTING, CALENDAR.voting.end, Step.CLOSE_VOTING),
    ]:
        assert CALENDAR.due(phase, moment - tick) is None
        assert CALENDAR.due(phase, moment) is step


def test_counting_never_follows_the_clock():
    late = CALENDAR.voting.end + timedelta(days=999)
    for phase in (Phase.CLOSED, Phase.OPENED, Phase.COUNTED, Phase.EXPLAINED, Phase.PUBLISHED):
        assert CALENDAR.due(phase, late) is None


@pytest.mark.parametrize(
    ("part", "window", "key"),
    [
        ("ideas", Window(date(2027, 3, 28), date(2027, 3, 1)), "ideas.closes"),
        ("review", Window(date(2027, 3, 28), date(2027, 4, 18)), "review.opens"),
        ("voting", Window(date(2027, 4, 20), date(2027, 5, 30)), "voting.opens"),
        ("counting", Window(date(2027, 5, 30), date(2027, 6, 1)), "counting.opens"),
    ],
)
def test_dates_out_of_order_are_named(part, window, key):
    parts = {name: getattr(CALENDAR, name) for name in CALENDAR.__dataclass_fields__}
    wrong = Calendar(**{**parts, part: window}).disorder()
    assert wrong is not None
    assert wrong[0] == key


def test_a_calendar_in_order_has_no_disorder():
    assert CALENDAR.disorder() is None
