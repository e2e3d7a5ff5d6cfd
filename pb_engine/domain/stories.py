"""Story cards: what somebody told, and what they agreed to show of it, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.units import RoundId

LONGEST_TITLE = 120
LONGEST_STORY = 2000
LONGEST_QUOTE = 300
LONGEST_NAME = 80
LONGEST_CONSENT_DAYS = 5 * 366
"""For how long somebody can agree at most; then they are asked anew."""
MOST_STORIES = 300
"""Stories in one round."""


class Part(StrEnum):
    """What somebody takes their consent back for."""

    NAME = "name"
    PHOTO = "photo"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Story:
    """A story of a resident or of an activity.

    :ivar id: random.
    :ivar happened: what happened, in words.
    :ivar quote: what the person said; may be empty.
    :ivar name: how they are named; empty unless they agreed to that.
    :ivar agreed_on: when they said what may be shown.
    :ivar public: whether they agreed that the story is shown at all.
    :ivar with_photo: whether they agreed that their photograph is shown.
    :ivar until: the last day on which it may be shown.
    """

    id: str
    round: RoundId
    title: str
    happened: str
    quote: str
    name: str
    agreed_on: date
    public: bool
    with_photo: bool
    until: date

    def shown(self, today: date) -> bool:
        """Tell whether everybody may read it on a day."""
        return self.public and self.agreed_on <= today <= self.until
