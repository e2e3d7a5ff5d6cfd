"""The study store: answers to surveys, joined to nobody and to no ballot.

It never holds an identifier of a voter or ballot, or a time finer than a day.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select

from pb_engine.store.columns import from_json, json_text
from pb_engine.store.study.tables import ANSWERS, WAITING
from pb_engine.store.unit import Work
from pb_engine.units import RoundId

__all__ = ["Answers", "Sheet", "StudyWork"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one participant to one survey at one moment, before they have a day.

    :ivar moment: name of the moment in the round, such as ``after_ballot``.
    :ivar values: the code of an answer per item, or the reason why there is none.
    :ivar sid: study id, the hash of a code that only the participant has; empty without one.
    """

    survey: str
    version: str
    moment: str
    values: Mapping[str, str]
    sid: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """A sheet that left with others.

    :ivar day: the day on which they left; never the moment at which somebody answered.
    """

    survey: str
    version: str
    moment: str
    day: date
    values: Mapping[str, str]
    sid: str = ""


class StudyWork(Work):
    """What can be done in the study store, within one transaction."""

    def wait(self, slug: RoundId, sheet: Sheet) -> None:
        """Keep a sheet under a fresh random identifier until others can leave with it."""
        self._unit.add(WAITING, {**_fields(slug, sheet), "sid": sheet.sid or None})

    def waiting(self) -> dict[tuple[RoundId, str], int]:
        """Return how many sheets wait, by round and survey."""
        c = WAITING.c
        query = select(c.round, c.survey, func.count()).group_by(c.round, c.survey)
        return {(RoundId(slug), name): number for slug, name, number in self._unit.rows(query)}

    def in_turn(self, slug: RoundId) -> None:
        """Wait for whoever moves the answers of this round, so that what is counted here stays."""
        self._unit.queue(f"waiting answers of {slug}")

    def take_waiting(self, slug: RoundId, survey: str) -> tuple[Sheet, ...]:
        """Take away and return all sheets that wait, sorted by content; each is taken once."""
        self.in_turn(slug)
        c = WAITING.c
        mine = (c.round == slug, c.survey == survey)
        columns = (c.survey, c.version, c.moment, c.given, c.sid)
        rows = self._unit.rows(select(*columns).where(*mine))
        self._unit.change(delete(WAITING).where(*mine))
        return tuple(
            Sheet(name, version, moment, from_json(given), sid or "")
            for name, version, moment, given, sid in sorted(
                (tuple(row) for row in rows), key=lambda row: (row[:4], row[4] or "")
            )
        )

    def add(self, slug: RoundId, answers: Iterable[Answers]) -> None:
        """Keep answers, each under a fresh random identifier that is told to nobody."""
        for one in answers:
            row = {**_fields(slug, one), "day": one.day, "sid": one.sid or None}
            self._unit.add(ANSWERS, row)

    def number(self, slug: RoundId, survey: str) -> int:
        """Return how many sheets to a survey have left the waiting room."""
        c = ANSWERS.c
        query = select(func.count()).where(c.round == slug, c.survey == survey)
        return self._unit.number(query)

    def all(self, slug: RoundId, survey: str) -> tuple[Answers, ...]:
        """Return the answers to a survey in a round, sorted by content, never by arrival."""
        c = ANSWERS.c
        query = select(c.survey, c.version, c.moment, c.day, c.given, c.sid)
        rows = self._unit.rows(query.where(c.round == slug, c.survey == survey))
        # Sorted here: databases do not agree on the order of texts.
        return tuple(
            Answers(name, version, moment, day, from_json(given), sid or "")
            for name, version, moment, day, given, sid in sorted(
                (tuple(row) for row in rows), key=lambda row: (row[:5], row[5] or "")
            )
        )

    def withdraw(self, slug: RoundId, sid: str) -> int:
        """Remove every sheet under a study id, waiting or not; return how many went."""
        return sum(
            self._unit.change(delete(table).where(table.c.round == slug, table.c.sid == sid))
            for table in (WAITING, ANSWERS)
        )


def _fields(slug: RoundId, one: Sheet | Answers) -> dict[str, object]:
    return {
        "id": secrets.token_hex(16),
        "round": slug,
        "survey": one.survey,
        "version": one.version,
        "moment": one.moment,
        "given": json_text(dict(one.values)),
    }
