"""How often something was tried lately; a row goes when its time is over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, delete, select

from pb_engine.store.site.tables import THROTTLES
from pb_engine.store.unit import Unit

_C = THROTTLES.c


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried.

    :ivar until: when this is forgotten, in seconds since 1970.
    """

    hits: int
    until: int


class Throttles:
    """Counters with an end, under keys that are keyed hashes."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def hit(self, key: str, *, now: int, seconds: int, amount: int = 1) -> Tries:
        """Count, in one statement, and return the count; one whose time is over begins anew.

        :param now: seconds since 1970.
        :param seconds: how long a count that begins now lasts.
        """
        row = {"key": key, "hits": amount, "until": now + seconds}
        over = _C.until <= now

        def counted(new: object) -> dict[str, object]:
            fresh_hits, fresh_until = new.hits, new.until  # type: ignore[attr-defined]
            return {
                "hits": case((over, fresh_hits), else_=_C.hits + fresh_hits),
                "until": case((over, fresh_until), else_=_C.until),
            }

        counter = self._unit.merge(THROTTLES, row, counted)
        return Tries(counter.hits, counter.until)

    def get(self, key: str, *, now: int) -> Tries:
        """Return the count; none, or one whose time is over, is 0 until ``now``."""
        row = self._unit.row(select(_C.hits, _C.until).where(_C.key == key, _C.until > now))
        return Tries(0, now) if row is None else Tries(row.hits, row.until)

    def forget(self, key: str) -> None:
        """Remove a counter."""
        self._unit.change(delete(THROTTLES).where(_C.key == key))

    def clean(self, *, now: int) -> int:
        """Remove the counters whose time is over; return how many."""
        self._unit.queue("throttles")
        return self._unit.change(delete(THROTTLES).where(_C.until <= now))
