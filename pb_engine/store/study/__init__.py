"""The study store: answers to surveys, joined to nobody and to no ballot.

It never holds an identifier of a voter or ballot, or a time finer than a day.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pb_engine.store.columns import from_json, json_text
from pb_engine.store.study.tables import ANSWERS
from pb_engine.store.unit import Work
from pb_engine.units import RoundId

__all__ = ["Answers", "StudyWork"]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one participant to one survey at one moment.

    :ivar moment: name of the moment in the round, such as ``after_ballot``.
    :ivar day: the day on which they were given.
    :ivar values: the code of an answer per item, or the reason why there is none.
    """

    survey: str
    version: str
    moment: str
    day: date
    values: Mapping[str, str]


class StudyWork(Work):
    """What can be done in the study store, within one transaction."""

    def add(self, slug: RoundId, answers: Answers) -> None:
        """Keep answers under a fresh random identifier that is told to nobody."""
        self._unit.add(
            ANSWERS,
            {
                "id": secrets.token_hex(16),
                "round": slug,
                "survey": answers.survey,
                "version": answers.version,
                "moment": answers.moment,
                "day": answers.day,
                "given": json_text(dict(answers.values)),
            },
        )

    def all(self, slug: RoundId, survey: str) -> tuple[Answers, ...]:
        """Return the answers to a survey in a round, sorted by content, never by arrival."""
        c = ANSWERS.c
        query = select(c.survey, c.version, c.moment, c.day, c.given)
        rows = self._unit.rows(query.where(c.round == slug, c.survey == survey))
        # Sorted here: databases do not agree on the order of texts.
        return tuple(
            Answers(name, version, moment, day, from_json(given))
            for name, version, moment, day, given in sorted(tuple(row) for row in rows)
        )
