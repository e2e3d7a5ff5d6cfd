"""What is said of the dates of a round that is being written."""

import dataclasses
from datetime import date

import pytest

from pb_engine.domain.calendar_advice import calendar_advice
from pb_engine.domain.phases import Window
from tests.builders import CALENDAR


def told(**changes):
    return [one.nl for one in calendar_advice(dataclasses.replace(CALENDAR, **changes))]


def test_a_calendar_of_usual_lengths_outside_holidays_needs_no_second_look():
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ideas": Window(date(2027, 3, 1), date(2027, 3, 14))}, "Ideeën insturen duurt 14 dagen"),
        ({"voting": Window(date(2027, 5, 24), date(2027, 5, 30))}, "Stemmen duurt 7 dagen"),
        ({"appeal": Window(date(2027, 4, 19), date(2027, 4, 19))}, "kijken duurt 1 dagen"),
        ({"appeal": Window(date(2027, 4, 19), date(2027, 5, 4))}, "zitten 5 dagen"),
        ({"counting": Window(date(2027, 5, 6), date(2027, 5, 7))}, "Tellen: 6-5-2027"),
        ({"result": date(2027, 5, 17)}, "De uitslag: 17-5-2027 is een vrije dag"),
        ({"voting": Window(date(2027, 7, 1), date(2027, 7, 21))}, "voor een deel in de zomervak"),
    ],
)
def test_what_deserves_another_look_is_said(changes, words):
    assert any(words in sentence for sentence in told(**changes))


def test_a_sunday_may_be_a_last_day():
    assert CALENDAR.voting.closes.weekday() == 6
    assert not [one for one in told() if "vrije dag" in one]
