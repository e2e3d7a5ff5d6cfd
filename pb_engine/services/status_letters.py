"""The letters about what happens to an idea: one per status, built in until a round says more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pb_engine.domain.review import ReviewOutcome
from pb_engine.services import mail_words as words
from pb_engine.services import result_words
from pb_engine.units import LANGUAGES, LocalText

Letter = tuple[LocalText, LocalText]
"""Subject and body."""

OwnTexts = Mapping[tuple[str, str], tuple[str, str]]
"""Subject and body that officials wrote for a round, by status and language."""

NO_OWN_TEXTS: OwnTexts = MappingProxyType({})
_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Status:
    """A change in the life of an idea that its submitters hear of.

    :ivar letter: what they read until somebody writes another text.
    :ivar places: what may stand between braces in such a text, and its name in ``letter``.
    """

    letter: Letter
    places: Mapping[str, str]


def _status(letter: Letter, **places: str) -> Status:
    return Status(letter, MappingProxyType({"titel": "title", "ronde": "round", **places}))


def _judged(outcome: ReviewOutcome, **places: str) -> Status:
    return _status((words.DECIDED, words.OPENINGS[outcome]), **places)


STATUSES: Mapping[str, Status] = MappingProxyType(
    {
        "received": _status(words.RECEIVED),
        "judged_pass": _judged(ReviewOutcome.PASS),
        "judged_adapt": _judged(ReviewOutcome.ADAPT),
        "judged_reject": _judged(ReviewOutcome.REJECT),
        "judged_refer": _judged(ReviewOutcome.REFER, orgaan="body", datum="reply_by"),
        "referral_answered": _status(words.REPLIED, orgaan="body"),
        "merged": _status(words.MERGED, ander="other"),
        "split": _status(words.SPLIT, ander="other"),
        "appeal_upheld": _status(words.APPEAL_DECIDED),
        "appeal_dismissed": _status(words.APPEAL_DECIDED),
        "taken_up": _status(words.TAKEN_UP),
        "result_won": _status(result_words.WON, bedrag="money"),
        "result_lost": _status(result_words.LOST),
        "thanked": _status(words.THANKED),
    }
)
"""Every status in the order of an idea's life."""


def letter(own: OwnTexts, status: str, **values: str | LocalText) -> Letter:
    """Return what submitters read, with a value for each place.

    A value is put in as it is: what stands between braces in a title stays as it was typed.
    """
    known = STATUSES[status]
    built_in = tuple(text.filled(**values) for text in known.letter)
    said: list[dict[str, str]] = [{}, {}]
    for language in LANGUAGES:
        mine = own.get((status, language))
        for place in (0, 1):
            said[place][language] = (
                filled(mine[place], _values(known, values, language))
                if mine
                else built_in[place].own(language)
            )
    return LocalText(**said[0]), LocalText(**said[1])


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with values for its places; nothing in a value is read again."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def _values(status: Status, values: Mapping[str, str | LocalText], language: str) -> dict[str, str]:
    given = {place: values.get(name, "") for place, name in status.places.items()}
    return {
        place: one if isinstance(one, str) else one.text(language) for place, one in given.items()
    }
