"""Newsletters of rounds: what was written, and when it went to how many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from pb_engine.store.site.mail_tables import NEWSLETTERS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = NEWSLETTERS.c


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A letter to everybody who wants news of a round.

    :ivar id: random.
    :ivar texts: subject and body, plain text, by language.
    :ivar version: how often it was saved.
    :ivar sent_at: ``None`` while it is being written; then nothing of it changes any more.
    :ivar recipients: to how many addresses it went.
    """

    id: str
    round: RoundId
    texts: Mapping[str, tuple[str, str]]
    version: int = 1
    sent_at: datetime | None = None
    recipients: int = 0


class Newsletters:
    """The newsletters of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, letter: Newsletter) -> None:
        """Keep a new letter.

        :raises StoreProblem: no round has this slug.
        """
        row = {
            "id": letter.id,
            "round": letter.round,
            "texts": _written(letter),
            "version": letter.version,
            "sent_at": None,
            "recipients": 0,
        }
        self._unit.add(NEWSLETTERS, row)

    def change(self, letter: Newsletter) -> bool:
        """Replace the texts of a letter that stands at ``letter.version`` and was not sent."""
        mine = (_C.id == letter.id) & (_C.version == letter.version) & _C.sent_at.is_(None)
        fields = {"texts": _written(letter), "version": letter.version + 1}
        return self._unit.change(update(NEWSLETTERS).where(mine).values(**fields)) == 1

    def send(self, letter: str, version: int, at: datetime, recipients: int) -> bool:
        """Note that a letter went out; ``False`` if it had gone already, or was changed since."""
        mine = (_C.id == letter) & (_C.version == version) & _C.sent_at.is_(None)
        fields = {"sent_at": at, "recipients": recipients}
        return self._unit.change(update(NEWSLETTERS).where(mine).values(**fields)) == 1

    def all(self, slug: RoundId) -> tuple[Newsletter, ...]:
        """Return the letters of a round: first those that wait, then the latest sent."""
        found = self._unit.rows(select(NEWSLETTERS).where(_C.round == slug).order_by(_C.id))
        letters = [_letter(row) for row in found]
        waiting = [one for one in letters if one.sent_at is None]
        sent = [(one.sent_at, one) for one in letters if one.sent_at is not None]
        return (*waiting, *(one for _, one in sorted(sent, key=lambda pair: pair[0], reverse=True)))

    def get(self, slug: RoundId, letter: str) -> Newsletter | None:
        """Return a letter of a round, or ``None``."""
        row = self._unit.row(select(NEWSLETTERS).where(_C.round == slug, _C.id == letter))
        return None if row is None else _letter(row)


def _written(letter: Newsletter) -> str:
    return json.dumps({one: list(both) for one, both in letter.texts.items()}, ensure_ascii=False)


def _letter(row: Line) -> Newsletter:
    texts = {one: (subject, body) for one, (subject, body) in json.loads(row.texts).items()}
    return Newsletter(row.id, row.round, texts, row.version, row.sent_at, row.recipients)
