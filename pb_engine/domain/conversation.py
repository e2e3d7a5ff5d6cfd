"""What residents may say about each other's ideas, and within which terms they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from pb_engine.units import LocalText

LONGEST_COMMENT = 1000
LONGEST_ANSWER = 2000
LONGEST_APPEAL = 2000
SHORTEST_TEXT = 3
LONGEST_NAME = 40


class Moderation(StrEnum):
    """Whether comments are read before they are shown, afterwards, or not asked for."""

    OFF = "off"
    BEFORE = "before"
    AFTER = "after"


class Stance(StrEnum):
    """What somebody thinks of an idea."""

    FOR = "for"
    AGAINST = "against"
    NO_OPINION = "no_opinion"


class CommentState(StrEnum):
    """Whether residents see a comment."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class AppealState(StrEnum):
    """What became of a request to look at a judgement again."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a round lets residents say about ideas.

    :ivar support_minimum: how many should support an idea; ``None``: nobody is asked.  It never
        decides by itself.
    :ivar comments: how comments are moderated.
    :ivar reply_days: working days in which the municipality answers a question.
    :ivar appeal_days: days after a decision in which its submitter may ask for another look, also
        where the calendar gives less.
    """

    support_minimum: int | None = None
    comments: Moderation = Moderation.OFF
    reply_days: int = 5
    appeal_days: int = 7


HOUSE_RULES: Mapping[str, LocalText] = MappingProxyType(
    {
        "respect": LocalText(
            "Schrijf met respect. Beledig, bedreig of haat niemand.",
            "Write with respect. Do not insult, threaten or hate anybody.",
        ),
        "privacy": LocalText(
            "Schrijf niets over het privéleven of de gegevens van een ander.",
            "Write nothing about the private life or the details of somebody else.",
        ),
        "topic": LocalText("Schrijf over dit idee.", "Write about this idea."),
        "adverts": LocalText("Maak geen reclame.", "Do not advertise."),
        "law": LocalText("Schrijf niets dat strafbaar is.", "Write nothing that is a crime."),
    }
)
"""The public rules for comments.  A comment is hidden for one of them, which is then named."""


def reply_due(asked: date, days: int) -> date:
    """Return the last day of a term in working days; the day of asking does not count."""
    due = asked
    while days:
        due += timedelta(days=1)
        days -= is_working_day(due)
    return due


def is_working_day(day: date) -> bool:
    """Tell whether a Dutch town hall works on a day: no weekend and no public holiday."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


_SATURDAY = 5


def _holidays(year: int) -> set[date]:
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SATURDAY + 1:
        kings_day -= timedelta(days=1)
    easter = _easter(year)
    after_easter = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension, Whit Monday
    fixed = {date(year, 1, 1), kings_day, date(year, 12, 25), date(year, 12, 26)}
    return fixed | {easter + timedelta(days=days) for days in after_easter}


def _easter(year: int) -> date:
    """Return Easter Sunday by the rule for the Gregorian calendar (Meeus)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (year % 19 + 11 * moon) // 319
    sunday = (2 * (century % 4) + 2 * (rest // 4) - rest % 4 - moon + 32) % 7
    month = (moon + sunday + 90) // 25
    return date(year, month, (moon + sunday + month + 19) % 32)
