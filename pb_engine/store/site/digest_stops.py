"""Officials who want no daily mail."""

from __future__ import annotations

from sqlalchemy import delete, select

from pb_engine.store.site.mail_tables import DIGEST_STOPS
from pb_engine.store.unit import Unit

_C = DIGEST_STOPS.c


class DigestStops:
    """Who said that they want none; everybody else gets it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> frozenset[int]:
        """Return the identifiers of these officials."""
        return frozenset(row.official for row in self._unit.rows(select(_C.official)))

    def add(self, official: int) -> bool:
        """Send no more to an official; tell whether that changed anything."""
        return self._unit.add_new(DIGEST_STOPS, [{"official": official}]) == 1

    def remove(self, official: int) -> bool:
        """Send to an official again; tell whether that changed anything."""
        return self._unit.change(delete(DIGEST_STOPS).where(_C.official == official)) == 1
