"""Officials: who may log in at the desk."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, update

from pb_engine.domain.people import Grant, Role, grant_of
from pb_engine.errors import InvalidOfficial
from pb_engine.store.columns import from_json, json_text
from pb_engine.store.site.tables import OFFICIALS
from pb_engine.store.unit import Line, Unit


@dataclass(frozen=True, slots=True)
class Official:
    """An account at the desk.

    :ivar id: 0 until the account is added.
    :ivar password: a password hash, never a password.
    :ivar uniquifier: changes when every session of this official must end.
    :ivar recovery_codes: hashes of codes for a lost second factor.
    """

    id: int
    email: str
    name: str
    password: str
    active: bool
    uniquifier: str
    grants: tuple[Grant, ...]
    totp_method: str | None = None
    totp_secret: str | None = None
    recovery_codes: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of this official, for whatever round."""
        return tuple(dict.fromkeys(one.role for one in self.grants))


class Officials:
    """The accounts at the desk."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, official: Official) -> Official:
        """Add an account and return it with its identifier; the given ``id`` is ignored.

        :raises InvalidOfficial: the e-mail address is taken, in whatever case it is written.
        """
        if not self._unit.add_new(OFFICIALS, [_fields(official)]):
            raise _taken()
        added = self.by_email(official.email)
        if added is None or added.uniquifier != official.uniquifier:
            raise _taken()
        return added

    def by_id(self, number: int) -> Official | None:
        """Return the official with this identifier, or ``None``."""
        return self._one(OFFICIALS.c.id == number)

    def by_email(self, email: str) -> Official | None:
        """Return the official with this address, in whatever case it is written, or ``None``."""
        return self._one(OFFICIALS.c.email_key == _key(email))

    def by_uniquifier(self, uniquifier: str) -> Official | None:
        """Return the official with this uniquifier, or ``None``."""
        return self._one(OFFICIALS.c.uniquifier == uniquifier)

    def locked(self, number: int) -> Official:
        """Return an official, and keep every other writer of accounts waiting until the end.

        :raises InvalidOfficial: there is no such account.
        """
        # All of them, not one: who stays to keep the accounts is a question about all rows.
        self._unit.locked_in_turn(select(OFFICIALS.c.id).limit(1), "officials", shared=False)
        found = self.by_id(number)
        if found is None:
            raise _unknown(number)
        return found

    def all(self) -> tuple[Official, ...]:
        """Return every official, by address."""
        officials = map(_official, self._unit.rows(select(OFFICIALS)))
        # Sorted here: databases do not agree on the order of texts.
        return tuple(sorted(officials, key=lambda official: _key(official.email)))

    def save(self, official: Official) -> None:
        """Replace the account with this identifier.

        :raises InvalidOfficial: there is no such account, or another one has this address.
        """
        other = self.by_email(official.email)
        if other is not None and other.id != official.id:
            raise _taken()
        change = update(OFFICIALS).where(OFFICIALS.c.id == official.id)
        if not self._unit.change(change.values(**_fields(official))):
            raise _unknown(official.id)

    def _one(self, that: ColumnElement[bool]) -> Official | None:
        row = self._unit.row(select(OFFICIALS).where(that))
        return None if row is None else _official(row)


def _official(row: Line) -> Official:
    names = {field.name for field in dataclasses.fields(Official)} - {"grants"}
    fields = {name: getattr(row, name) for name in names}
    fields["grants"] = tuple(map(grant_of, from_json(row.roles)))
    fields["recovery_codes"] = tuple(from_json(row.recovery_codes))
    return Official(**fields)


def _fields(official: Official) -> dict[str, Any]:
    return {
        "email": official.email.strip(),
        "email_key": _key(official.email),
        "name": official.name,
        "password": official.password,
        "active": official.active,
        "uniquifier": official.uniquifier,
        "roles": json_text(list(map(str, official.grants))),
        "totp_method": official.totp_method,
        "totp_secret": official.totp_secret,
        "recovery_codes": json_text(official.recovery_codes),
    }


def _key(email: str) -> str:
    return email.strip().casefold()


def _unknown(number: int) -> InvalidOfficial:
    return InvalidOfficial(f"there is no official with number {number}", problem="unknown")


def _taken() -> InvalidOfficial:
    return InvalidOfficial("an official with this e-mail address exists already", problem="email")
