"""The event log, which is also the outbox: it only grows, and every entry is chained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from pb_engine.domain.events import FIRST, Event, LogEntry, chain
from pb_engine.store.columns import from_json, json_text
from pb_engine.store.site.tables import CURSORS, LOG
from pb_engine.store.unit import Line, Unit
from pb_engine.units import IdeaId, RoundId


class Log:
    """The event log of the installation."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def append(self, event: Event, at: datetime) -> LogEntry:
        """Add an event after the last one and return its entry, in UTC and whole seconds.

        Other units that want to append wait until this one ends, so the chain never forks.
        """
        self._unit.queue("event log")
        last = self.last()
        entry = chain(
            number=last.number + 1 if last else 1,
            event=event,
            at=at.astimezone(UTC).replace(microsecond=0),
            previous=last.hash if last else FIRST,
        )
        self._unit.add(LOG, _fields(entry))
        return entry

    def entries(
        self, after: int = 0, limit: int = 500, round_id: RoundId | None = None
    ) -> tuple[LogEntry, ...]:
        """Return entries with a number above ``after``, in order, at most ``limit``.

        With ``round_id`` only those of that round: no unbroken chain, so not for checking.
        """
        query = select(LOG).where(LOG.c.number > after).order_by(LOG.c.number).limit(limit)
        if round_id is not None:
            query = query.where(LOG.c.round == round_id)
        return tuple(map(_entry, self._unit.rows(query)))

    def of_idea(self, slug: RoundId, idea: IdeaId, names: Iterable[str]) -> tuple[LogEntry, ...]:
        """Return the entries of a round, of these names, that name an idea; in order."""
        named = LOG.c.facts.contains(json_text(idea), autoescape=True)
        mine = (LOG.c.round == slug) & LOG.c.name.in_(list(names)) & named
        return tuple(map(_entry, self._unit.rows(select(LOG).where(mine).order_by(LOG.c.number))))

    def named(self, slug: RoundId, names: Iterable[str]) -> tuple[LogEntry, ...]:
        """Return the entries of a round with these names, in order."""
        mine = (LOG.c.round == slug) & LOG.c.name.in_(list(names))
        return tuple(map(_entry, self._unit.rows(select(LOG).where(mine).order_by(LOG.c.number))))

    def newest(self, name: str, round_id: RoundId) -> LogEntry | None:
        """Return the newest entry with this name in a round, or ``None``."""
        mine = (LOG.c.round == round_id) & (LOG.c.name == name)
        row = self._unit.row(select(LOG).where(mine).order_by(LOG.c.number.desc()).limit(1))
        return None if row is None else _entry(row)

    def last(self) -> LogEntry | None:
        """Return the newest entry, or ``None`` when nothing happened yet."""
        row = self._unit.row(select(LOG).order_by(LOG.c.number.desc()).limit(1))
        return None if row is None else _entry(row)


class Cursors:
    """How far each listener has read the event log."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self, listener: str) -> int:
        """Return the number of the last entry this listener has dealt with; 0 at first."""
        return self._unit.number(select(CURSORS.c.number).where(CURSORS.c.listener == listener))

    def set(self, listener: str, number: int) -> None:
        """Remember that the listener has dealt with everything up to ``number``."""
        self._unit.put(CURSORS, {"listener": listener, "number": number})


def _fields(entry: LogEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "name": entry.event.name,
        "round": entry.event.round,
        "by_whom": entry.event.by,
        "facts": json_text(dict(entry.event.facts)),
        "at": entry.at,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def _entry(row: Line) -> LogEntry:
    event = Event(row.name, row.round, row.by_whom, from_json(row.facts))
    return LogEntry(row.number, event, row.at, row.previous, row.hash)
