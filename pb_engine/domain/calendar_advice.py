"""What a commission should know about the dates of a round before residents depend on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from pb_engine.domain.conversation import is_working_day
from pb_engine.domain.phases import Calendar, Window
from pb_engine.units import LocalText

_DAY = timedelta(days=1)
_LEAST_DAYS = {"ideas": 21, "review": 14, "appeal": 7, "voting": 14}
_NAMES = {
    "ideas": LocalText("Ideeën insturen", "Sending in ideas"),
    "review": LocalText("De toets", "The review"),
    "appeal": LocalText("Opnieuw laten kijken", "Asking for another look"),
    "voting": LocalText("Stemmen", "Voting"),
    "counting": LocalText("Tellen", "Counting"),
}
_POST_DAYS = 7
_WORTH_SAYING = 3
"""Days of a holiday; the outer days are not those of every region."""
_SCHOOL = (
    ((4, 25), (5, 6), LocalText("de meivakantie", "the May holidays")),
    ((7, 8), (9, 1), LocalText("de zomervakantie", "the summer holidays")),
    ((12, 20), (12, 31), LocalText("de kerstvakantie", "the Christmas holidays")),
    ((1, 1), (1, 5), LocalText("de kerstvakantie", "the Christmas holidays")),
)
"""From the earliest first day to the latest last day of any region, in most years."""


def length(window: Window) -> int:
    """Return how many days a window lasts, its first and last day included."""
    return (window.closes - window.opens).days + 1


def calendar_advice(calendar: Calendar) -> tuple[LocalText, ...]:
    """Return a sentence for everything that deserves another look; none of it is forbidden."""
    spans = {
        name: window for name in _NAMES if (window := getattr(calendar, name, None)) is not None
    }
    return (
        *_too_short(spans),
        *_post(calendar),
        *_days_off(spans, calendar.result),
        *_in_holidays(spans),
    )


def _too_short(spans: dict[str, Window]) -> Iterator[LocalText]:
    for name, least in _LEAST_DAYS.items():
        if name in spans and length(spans[name]) < least:
            days, what = length(spans[name]), _NAMES[name]
            yield LocalText(
                f"{what.nl} duurt {days} dagen. Meestal is {least} dagen het minst.",
                f"{what.en} takes {days} days. {least} days is usually the least.",
            )


def _post(calendar: Calendar) -> Iterator[LocalText]:
    before = calendar.appeal or calendar.review
    room = (calendar.voting.opens - before.closes).days - 1
    if room < _POST_DAYS:
        yield LocalText(
            f"Tussen de toets en het stemmen zitten {room} dagen. Drukken en bezorgen van de "
            "brieven kost een week.",
            f"There are {room} days between the review and voting. Printing and delivering the "
            "letters takes a week.",
        )


def _days_off(spans: dict[str, Window], result: date) -> Iterator[LocalText]:
    days = {
        "ideas": spans["ideas"].closes,
        "voting": spans["voting"].closes,
        "counting": spans["counting"].opens,
    }
    named = [(_NAMES[name], day) for name, day in days.items() if _is_off(day)]
    if _is_off(result):
        named.append((LocalText("De uitslag", "The result"), result))
    for what, day in named:
        yield LocalText(
            f"{what.nl}: {day.day}-{day.month}-{day.year} is een vrije dag. Dan is er niemand "
            "om te helpen.",
            f"{what.en}: {day.isoformat()} is a day off. Nobody is there to help.",
        )


def _is_off(day: date) -> bool:
    # A Sunday is a usual last day: people have time then.  A public holiday is not.
    return day.weekday() < _SATURDAY and not is_working_day(day)


_SATURDAY = 5


def _in_holidays(spans: dict[str, Window]) -> Iterator[LocalText]:
    for name, window in spans.items():
        days = (window.opens + _DAY * at for at in range(min(length(window), 366)))
        met = Counter(holiday for day in days for holiday in _school(day))
        for holiday, number in met.items():
            if number < _WORTH_SAYING:
                continue
            what = _NAMES[name]
            yield LocalText(
                f"{what.nl} valt voor een deel in {holiday.nl}. Kijk naar de data in uw regio.",
                f"{what.en} is partly in {holiday.en}. Look at the dates of your region.",
            )


def _school(day: date) -> Iterator[LocalText]:
    for first, last, name in _SCHOOL:
        if first <= (day.month, day.day) <= last:
            yield name
