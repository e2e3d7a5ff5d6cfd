"""Log-ins at the desk that last: one row per browser, so that each can be ended by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from pb_engine.store.site.tables import DESK_SESSIONS
from pb_engine.store.unit import Line, Unit

_C = DESK_SESSIONS.c


@dataclass(frozen=True, slots=True)
class DeskSession:
    """An official who is logged in, in one browser.

    :ivar key: hash of what the cookie holds; it opens nothing.
    :ivar browser: kind of browser and machine, in words of a short list.
    """

    key: str
    official: int
    begun_at: datetime
    seen_at: datetime
    browser: str


class DeskSessions:
    """Who is logged in at the desk, and where."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, session: DeskSession) -> None:
        """Keep a session that begins.

        :raises StoreProblem: there is no such official.
        """
        row = {name: getattr(session, name) for name in DeskSession.__dataclass_fields__}
        self._unit.add(DESK_SESSIONS, row)

    def get(self, key: str) -> DeskSession | None:
        """Return the session with this key, or ``None``."""
        row = self._unit.row(select(DESK_SESSIONS).where(_C.key == key))
        return None if row is None else _session(row)

    def of(self, official: int) -> tuple[DeskSession, ...]:
        """Return the sessions of an official, the last one used first."""
        query = select(DESK_SESSIONS).where(_C.official == official)
        return tuple(map(_session, self._unit.rows(query.order_by(_C.seen_at.desc(), _C.key))))

    def seen(self, key: str, at: datetime) -> None:
        """Remember that a session was used."""
        self._unit.change(update(DESK_SESSIONS).where(_C.key == key).values(seen_at=at))

    def end(self, official: int, key: str) -> bool:
        """End one session of an official; tell whether it was there and theirs."""
        mine = (_C.official == official) & (_C.key == key)
        return self._unit.change(delete(DESK_SESSIONS).where(mine)) == 1

    def end_all(self, official: int) -> None:
        """End every session of an official."""
        self._unit.change(delete(DESK_SESSIONS).where(_C.official == official))

    def clean(self, before: datetime) -> None:
        """Remove the sessions that nobody used since a moment."""
        self._unit.change(delete(DESK_SESSIONS).where(_C.seen_at < before))


def _session(row: Line) -> DeskSession:
    return DeskSession(row.key, row.official, row.begun_at, row.seen_at, row.browser)
