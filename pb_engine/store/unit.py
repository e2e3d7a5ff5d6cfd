"""A unit of work: one transaction in one store, and the few things one can do in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Executable,
    Row,
    Select,
    Table,
    Transaction,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from pb_engine.errors import StoreProblem
from pb_engine.store.complaints import told

Fields = Mapping[str, Any]
"""A row on its way in: values by column name."""

Line = Row[*tuple[Any, ...]]
"""A row on its way out; repositories turn it into a value at once."""

Query = Select[*tuple[Any, ...]]
"""A SELECT of whatever columns."""

_AT_ONCE = 1000


class Unit:
    """One transaction.  Repositories speak through it, so every error gets its sentence here."""

    def __init__(self, store: str, connection: Connection, *, writes: bool) -> None:
        self.store = store
        self.writes = writes
        self._connection = connection
        self._over = False
        self._streams: list[CursorResult[*tuple[Any, ...]]] = []
        self._transaction: Transaction = told(store, connection.begin)

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._connection.dialect.name

    def commit(self) -> None:
        """Keep everything that was changed; the unit is over.

        :raises StoreProblem: the unit only reads, is over, or the store could not keep it.
        """
        self._check(writes=True)
        self._over = True
        told(self.store, self._transaction.commit)

    def end(self) -> None:
        """Undo what was not committed; safe to call at any time."""
        self._over = True
        # A connection that broke has nothing left to undo; the pool replaces it.
        with suppress(SQLAlchemyError):
            for stream in self._streams:
                stream.close()
            if self._transaction.is_active:
                self._transaction.rollback()

    def rows(self, query: Query) -> Sequence[Line]:
        """Return all rows of a query."""
        self._check()
        return told(self.store, lambda: self._connection.execute(query).all())

    def row(self, query: Query) -> Line | None:
        """Return the first row of a query, or ``None``."""
        self._check()
        return told(self.store, lambda: self._connection.execute(query).first())

    def locked(self, query: Query) -> Line | None:
        """Return the first row of a query and keep others from changing it until the end."""
        self._check(writes=True)
        return self.row(query.with_for_update())

    def locked_in_turn(self, query: Query, subject: str, *, shared: bool) -> Line | None:
        """Return the first row of a query and keep its state so until the end, in fair turns.

        Sharers work side by side; who does not share waits for those already there, and later
        sharers wait for him.  PostgreSQL's row locks alone would let new sharers in for ever
        while he waits, so both queue for an advisory lock within the same statement.
        """
        self._check(writes=True)
        if self._connection.dialect.name == "postgresql":
            turn = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
            query = query.add_columns(turn(_lock_number(subject)).label("turn"))
        return self.row(query.with_for_update(read=shared))

    def number(self, query: Query) -> int:
        """Return the one number that a query counts; nothing counts as 0."""
        self._check()
        return int(told(self.store, lambda: self._connection.execute(query).scalar()) or 0)

    def clock(self) -> datetime | None:
        """Return the time of the database server; ``None`` for SQLite, which runs in here."""
        self._check()
        if self._connection.dialect.name != "postgresql":
            return None
        now = told(self.store, lambda: self._connection.execute(select(func.clock_timestamp())))
        found = now.scalar_one()
        return found if isinstance(found, datetime) else None

    def each(self, query: Query) -> Iterator[Line]:
        """Yield the rows of a query, a thousand in memory at a time."""
        self._check()
        some = {"yield_per": _AT_ONCE}
        result = told(self.store, lambda: self._connection.execute(query, execution_options=some))
        self._streams.append(result)
        while batch := told(self.store, lambda: result.fetchmany(_AT_ONCE)):
            yield from batch
            self._check()

    def change(self, statement: Executable) -> int:
        """Do one UPDATE or DELETE and return how many rows it changed."""
        return self._do(statement)

    def add(self, table: Table, *rows: Fields) -> None:
        """Insert rows; a row that breaks a rule of the schema refuses all of them."""
        for part in _parts(rows):
            self._do(table.insert(), part)

    def add_new(self, table: Table, rows: Iterable[Fields]) -> int:
        """Insert the rows whose keys are new; return how many that were."""
        new = self._insert(table).on_conflict_do_nothing()
        return sum(self._do(new, part) for part in _parts(rows))

    def put(self, table: Table, row: Fields) -> None:
        """Insert a row, or replace the one with the same primary key."""
        insert = self._insert(table)
        keys = [key.name for key in table.primary_key]
        others = {name: insert.excluded[name] for name in row if name not in keys}
        self._do(insert.on_conflict_do_update(index_elements=keys, set_=others), [row])

    def merge(self, table: Table, row: Fields, combined: Callable[[Any], Fields]) -> Line:
        """Insert a row, or change the one with its primary key; return it as it is now.

        :param combined: makes the changes from the columns of the new row.
        """
        self._check(writes=True)
        insert = self._insert(table).values(row)
        keys = [key.name for key in table.primary_key]
        merged = insert.on_conflict_do_update(
            index_elements=keys, set_=dict(combined(insert.excluded))
        ).returning(table)
        return told(self.store, lambda: self._connection.execute(merged).one())

    def queue(self, subject: str) -> None:
        """Wait until no other unit works on ``subject``, and keep others waiting until the end.

        SQLite has one writer at a time already; PostgreSQL gets an advisory lock.
        """
        self._check(writes=True)
        if self._connection.dialect.name == "postgresql":
            self.row(select(func.pg_advisory_xact_lock(_lock_number(subject))))

    def _insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        if self._connection.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    def _do(self, statement: Executable, rows: Sequence[Fields] | None = None) -> int:
        self._check(writes=True)
        # SQLAlchemy keeps the number of inserted rows only when asked to.
        keep = {"preserve_rowcount": True}
        return told(
            self.store,
            lambda: self._connection.execute(statement, rows, execution_options=keep).rowcount,
        )

    def _check(self, *, writes: bool = False) -> None:
        if self._over:
            raise StoreProblem(f"this unit of work in the {self.store} store is over")
        if writes and not self.writes:
            raise StoreProblem(f"this unit of work in the {self.store} store only reads")


class Work:
    """The base of what ``Store.read`` and ``Store.write`` hand out."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def commit(self) -> None:
        """Keep everything that was changed; using this work afterwards raises.

        :raises StoreProblem: this work only reads, is over, or the store could not keep it.
        """
        self._unit.commit()


def _parts(rows: Iterable[Fields]) -> Iterator[list[Fields]]:
    waiting = iter(rows)
    while part := list(islice(waiting, _AT_ONCE)):
        yield part


def _lock_number(subject: str) -> int:
    # Advisory locks are numbers of 64 bits with a sign.
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8], "big", signed=True)
