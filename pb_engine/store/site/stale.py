"""What is over its time in the site store."""

from __future__ import annotations

from sqlalchemy import delete

from pb_engine.store.site.tables import THROTTLES
from pb_engine.store.unit import Unit


class Stale:
    """Counts of attempts that no longer count."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def forget(self, now: int) -> int:
        """Remove the counts whose time was over at ``now``; return how many went.

        :param now: seconds since 1970, as the counts have it.
        """
        return self._unit.change(delete(THROTTLES).where(THROTTLES.c.until <= now))
