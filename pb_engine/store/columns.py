"""The kinds of columns, the same on SQLite and on PostgreSQL.

SQLite tables are ``STRICT``, so only whole numbers, text and bytes exist; everything else is one
of these with one spelling.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, MetaData, Text, TypeDecorator

from pb_engine.ballots import canonical_json

Names = TypeVar("Names", bound=StrEnum)

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits; on SQLite spelled ``INTEGER`` as ``STRICT`` wants it."""

Bytes = LargeBinary
"""Bytes, kept exactly as they are."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_metadata() -> MetaData:
    """Return an empty schema in which every constraint gets a name that never changes."""
    return MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """An instant in UTC as text of one length, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write an aware moment in UTC.

        :raises ValueError: the moment has no time zone.
        """
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone is not stored")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read the moment back, in UTC."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A day on the calendar as text: ``2027-05-10``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write the day.

        :raises TypeError: the value holds a time of day, which would be lost or kept unseen.
        """
        del dialect
        if isinstance(value, datetime):
            raise TypeError("a day holds no time of day")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read the day back."""
        del dialect
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Write 1 or 0."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Read yes or no back."""
        del dialect
        return None if value is None else bool(value)


class Word(TypeDecorator[Names], Generic[Names]):
    """One name out of a closed list, stored as that name.

    psycopg would store the member's Python name, not its value; this says which of the two.
    """

    impl = Text
    cache_ok = True

    def __init__(self, names: type[Names]) -> None:
        super().__init__()
        self.names = names

    def process_bind_param(self, value: Names | None, dialect: Dialect) -> str | None:
        """Write the name; only names of the list pass."""
        del dialect
        return None if value is None else str(self.names(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Names | None:
        """Read the name back as a member of the list."""
        del dialect
        return None if value is None else self.names(value)


def json_text(value: object) -> str:
    """Spell plain values as canonical JSON text."""
    return canonical_json(value).decode()


def from_json(text: str) -> Any:
    """Read back what ``json_text`` wrote."""
    return json.loads(text)
