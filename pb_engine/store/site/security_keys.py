"""Security keys of officials: what a browser or a USB key proves instead of a code of an app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from pb_engine.store.site.tables import SECURITY_KEYS
from pb_engine.store.unit import Line, Unit

_C = SECURITY_KEYS.c


@dataclass(frozen=True, slots=True)
class SecurityKey:
    """A key of an official.

    :ivar id: how the key calls itself, in base64url without padding.
    :ivar name: what the official calls it.
    :ivar public_key: COSE bytes; they prove nothing without the key itself.
    :ivar sign_count: how often it signed, as it last said; many keys always say 0.
    :ivar asked_at: when the last question that it answered was asked, in milliseconds since 1970.
    :ivar used_at: when it last opened the desk, or nothing.
    """

    id: str
    official: int
    name: str
    public_key: bytes
    sign_count: int
    asked_at: int
    added_at: datetime
    used_at: datetime | None = None


class SecurityKeys:
    """The security keys of all officials."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, key: SecurityKey) -> bool:
        """Keep a new key; tell whether nobody had it yet.

        :raises StoreProblem: there is no such official.
        """
        row = {name: getattr(key, name) for name in SecurityKey.__dataclass_fields__}
        return bool(self._unit.add_new(SECURITY_KEYS, [row]))

    def of(self, official: int) -> tuple[SecurityKey, ...]:
        """Return the keys of an official, the oldest first."""
        query = select(SECURITY_KEYS).where(_C.official == official)
        return tuple(map(_key, self._unit.rows(query.order_by(_C.added_at, _C.id))))

    def used(self, official: int, id_: str, sign_count: int, asked_at: int, at: datetime) -> bool:
        """Write down that a key answered; tell whether it was theirs and this was a new answer.

        An answer is new when its question is newer than that of the last one, and when a key that
        counts counted on.  The database decides: of two equal answers at once, one is new.
        """
        counted_on = or_(_C.sign_count < sign_count, (_C.sign_count == 0) & (sign_count == 0))
        new = (_C.asked_at < asked_at) & counted_on
        mine = (_C.id == id_) & (_C.official == official)
        change = update(SECURITY_KEYS).where(mine, new)
        values = {"sign_count": sign_count, "asked_at": asked_at, "used_at": at}
        return self._unit.change(change.values(**values)) == 1

    def remove(self, official: int, id_: str) -> bool:
        """Remove a key of an official; tell whether it was there and theirs."""
        mine = (_C.id == id_) & (_C.official == official)
        return self._unit.change(delete(SECURITY_KEYS).where(mine)) == 1

    def remove_all(self, official: int) -> None:
        """Remove every key of an official."""
        self._unit.change(delete(SECURITY_KEYS).where(_C.official == official))


def _key(row: Line) -> SecurityKey:
    return SecurityKey(**{name: getattr(row, name) for name in SecurityKey.__dataclass_fields__})
