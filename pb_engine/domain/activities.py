"""What was done to reach residents: meetings, newsletters, house calls; for the end report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.units import RoundId

LONGEST_PLACE = 120
LONGEST_RESULT = 1000
MOST_PEOPLE = 1_000_000
MOST_ACTIVITIES = 500
"""Activities in one round."""


class ActivityKind(StrEnum):
    """What it was."""

    MEETING = "meeting"
    SCHOOL = "school"
    STREET = "street"
    NEWSLETTER = "newsletter"
    PRESS = "press"
    ONLINE = "online"
    COMMISSION = "commission"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of a round.

    :ivar id: random.
    :ivar place: where it was; may be empty.
    :ivar people: how many came or were reached; ``None`` when nobody counted.
    :ivar result: what came out, in words.
    :ivar attachment: media type of the file with it, or empty.
    """

    id: str
    round: RoundId
    day: date
    kind: ActivityKind
    place: str
    people: int | None
    result: str
    attachment: str = ""
