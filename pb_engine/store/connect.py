"""The only door to SQLAlchemy's engines: databases, and stores on top of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Generic, TypeVar

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from pb_engine.errors import StoreProblem
from pb_engine.store.complaints import told
from pb_engine.store.postgresql import READING, postgresql_engine
from pb_engine.store.sqlite import PATIENCE, WRITES, emptied_log, file_of, sqlite_engine
from pb_engine.store.unit import Unit, Work

SomeWork = TypeVar("SomeWork", bound=Work)

_ENGINES: dict[str, Callable[[URL], Engine]] = {
    "sqlite": sqlite_engine,
    "sqlite+pysqlite": sqlite_engine,
    "postgresql": postgresql_engine,
    "postgresql+psycopg": postgresql_engine,
}


class Database:
    """A database that can be connected to; made by ``open_database``.

    :ivar kind: ``sqlite`` or ``postgresql``.
    :ivar in_memory: it lives and dies with this value.
    """

    def __init__(self, url: URL, engine: Engine) -> None:
        self.kind = url.get_backend_name()
        self.in_memory = self.kind == "sqlite" and file_of(url) is None
        self.url = url.render_as_string(hide_password=True)
        self._engine = engine
        self._turn = threading.Lock()

    @contextmanager
    def connection(self, store: str, *, writes: bool) -> Iterator[Connection]:
        """Lend a connection, with the settings for reading or for writing.

        On a SQLite file writers of this program take turns here, which is fairer and cheaper
        than polling for the lock.  A database in memory has one connection, so readers take
        turns as well: one unit of work at a time, whatever its thread.

        :raises StoreProblem: the database is busy or cannot be reached.
        """
        with self._taking_turns(store, writes=writes):
            connection = told(store, self._engine.connect)
            try:
                yield self._meant_for(connection, writes=writes)
            finally:
                connection.close()

    def empty_write_ahead_log(self, store: str) -> bool:
        """Bring SQLite's write-ahead log into the database and cut it to nothing.

        Returns false, after a moment at most, when somebody reads in the database; true also where
        there is no such log.

        :raises StoreProblem: the database is busy or cannot be reached.
        """
        if self.kind != "sqlite" or self.in_memory:
            return True
        with self.connection(store, writes=True) as connection:
            return emptied_log(connection)

    def outside_transactions(self, store: str, statement: str) -> None:
        """Do a statement that takes no part in a transaction, such as VACUUM on PostgreSQL.

        :raises StoreProblem: it cannot be done.
        """
        with self.connection(store, writes=True) as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            told(store, lambda: alone.exec_driver_sql(statement))

    def close(self) -> None:
        """Close all connections; using the database again opens new ones."""
        self._engine.dispose()

    def _meant_for(self, connection: Connection, *, writes: bool) -> Connection:
        if self.kind == "sqlite":
            return connection.execution_options(**{WRITES: writes})
        return connection if writes else connection.execution_options(**READING)

    def _taking_turns(self, store: str, *, writes: bool) -> AbstractContextManager[None]:
        alone = self.in_memory or (writes and self.kind == "sqlite")
        return self._waiting(store) if alone else nullcontext()

    @contextmanager
    def _waiting(self, store: str) -> Iterator[None]:
        if not self._turn.acquire(timeout=PATIENCE):
            raise StoreProblem(
                f"the {store} store is busy; nothing was stored, try again in a moment",
                store=store,
                problem="busy",
            )
        try:
            yield
        finally:
            self._turn.release()


def read_url(url: str) -> URL:
    """Read the address of a database.

    :raises StoreProblem: it is no address, or of a database or driver we do not work with.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.drivername not in _ENGINES:
        # The address itself may hold a password, so the sentence does not repeat it.
        raise StoreProblem(
            "this is not the address of a store: it must begin with sqlite:/// or postgresql://"
        )
    return address


def open_database(url: str) -> Database:
    """Return the database at this address; nothing is connected to yet.

    ``sqlite:///path`` is a file, made at once (readable by its owner only) if its folder is there;
    ``sqlite://`` is a database in memory, the same one for all threads; ``postgresql://`` uses
    psycopg 3.  SQL is never echoed and parameters never stand in an error.

    :raises StoreProblem: the address cannot be used.
    """
    address = read_url(url)
    return Database(address, _ENGINES[address.drivername](address))


class Store(Generic[SomeWork]):
    """A database with one kind of work that can be done in it."""

    def __init__(self, name: str, database: Database, work: Callable[[Unit], SomeWork]) -> None:
        self.name = name
        self._database = database
        self._work = work

    @property
    def url(self) -> str:
        """The address, with the password hidden."""
        return self._database.url

    @property
    def database_kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._database.kind

    def read(self) -> AbstractContextManager[SomeWork]:
        """Lend a work that sees one moment of the store and changes nothing.

        :raises StoreProblem: the store is busy, cannot be reached, or was never migrated.
        """
        return self._lend(writes=False)

    def write(self) -> AbstractContextManager[SomeWork]:
        """Lend a work whose changes are kept by ``commit()`` and by nothing else.

        Leaving the block without a commit, or with an exception, undoes everything.

        :raises StoreProblem: the store is busy, cannot be reached, or was never migrated.
        """
        return self._lend(writes=True)

    def empty_write_ahead_log(self) -> bool:
        """See ``Database``."""
        return self._database.empty_write_ahead_log(self.name)

    def outside_transactions(self, statement: str) -> None:
        """See ``Database``."""
        self._database.outside_transactions(self.name, statement)

    def close(self) -> None:
        """Close all connections of this store."""
        self._database.close()

    @contextmanager
    def _lend(self, *, writes: bool) -> Iterator[SomeWork]:
        with self._database.connection(self.name, writes=writes) as connection:
            unit = Unit(self.name, connection, writes=writes)
            try:
                yield self._work(unit)
            finally:
                unit.end()


class AbsentStore(Store[SomeWork]):
    """A store that this process cannot reach, because it belongs to another one."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def url(self) -> str:
        """No address."""
        return ""

    @property
    def database_kind(self) -> str:
        """No database."""
        return "absent"

    def read(self) -> AbstractContextManager[SomeWork]:
        """Refuse.

        :raises StoreProblem: always.
        """
        raise self._refusal()

    def write(self) -> AbstractContextManager[SomeWork]:
        """Refuse.

        :raises StoreProblem: always.
        """
        raise self._refusal()

    def close(self) -> None:
        """Nothing is open."""

    def _refusal(self) -> StoreProblem:
        return StoreProblem(
            f"this process serves without the {self.name} store; another one has it",
            store=self.name,
            problem="absent",
        )
