"""Addresses that a mail server refused for good, as keyed hashes; never an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, func, select, update

from pb_engine.store.site.mail_tables import BOUNCES
from pb_engine.store.unit import Unit

_C = BOUNCES.c
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Bounce:
    """An address that takes no mail.

    :ivar tag: keyed hash of the address.
    :ivar reason: what the mail server said, as a number: ``550``.
    :ivar skipped: how many messages were not tried since.
    """

    tag: str
    reason: str
    bounced_on: date
    skipped: int = 0


class Bounces:
    """The list of addresses that take no mail."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, bounce: Bounce) -> bool:
        """Put an address on the list; ``False`` when it is there already."""
        return self._unit.add_new(BOUNCES, [asdict(bounce)]) == 1

    def of(self, tags: Iterable[str]) -> dict[str, Bounce]:
        """Return which of these addresses are on the list."""
        wanted, found = sorted(set(tags)), {}
        # A statement holds only so many values.
        for first in range(0, len(wanted), _AT_ONCE):
            part = wanted[first : first + _AT_ONCE]
            for row in self._unit.rows(select(BOUNCES).where(_C.tag.in_(part))):
                found[row.tag] = Bounce(row.tag, row.reason, row.bounced_on, row.skipped)
        return found

    def skip(self, tag: str) -> None:
        """Count a message that was not tried."""
        self._unit.change(update(BOUNCES).where(_C.tag == tag).values(skipped=_C.skipped + 1))

    def forget(self, tag: str) -> bool:
        """Take an address off the list; tell whether it was there."""
        return self._unit.change(delete(BOUNCES).where(_C.tag == tag)) == 1

    def forget_before(self, day: date) -> int:
        """Take off what was put on before a day; return how many."""
        return self._unit.change(delete(BOUNCES).where(_C.bounced_on < day))

    def totals(self) -> tuple[int, int]:
        """Return how many addresses are on the list, and how many messages were not tried."""
        row = self._unit.row(select(func.count(), func.coalesce(func.sum(_C.skipped), 0)))
        return (0, 0) if row is None else (int(row[0]), int(row[1]))
