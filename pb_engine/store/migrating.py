"""Bringing a store to its newest schema: four trees of Alembic migrations, one runner."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, MetaData, func, inspect, select, text

from pb_engine.errors import StoreProblem
from pb_engine.store.complaints import told
from pb_engine.store.connect import Database

_LOCK = 5_025_271_117_203
"""The advisory lock under which one program at a time migrates a PostgreSQL database."""

# The tables in the code are newer than the store, so this names what every revision has.
_OPEN = text("SELECT round FROM boxes WHERE open = 1 ORDER BY round")

# What was done comes back as a value; Alembic's own lines would only repeat it at every start.
logging.getLogger("alembic").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Migration:
    """What migrating did to a store.

    :ivar before: its revision before; ``None`` when it was empty.
    :ivar after: its revision now: the newest one.
    """

    store: str
    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Whether anything was done."""
        return self.before != self.after


def run_migrations(metadata: MetaData) -> None:
    """Run the migrations that Alembic asks for; every tree's ``env.py`` ends here.

    The caller of Alembic owns the transaction, so a migration happens whole or not at all, on
    SQLite too.
    """
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def newest(store: str) -> str:
    """Return the newest revision of a store's schema."""
    return str(_tree(_config(store)).get_current_head())


def revision(store: str, database: Database) -> str | None:
    """Return the revision of a database; ``None`` when it is empty.

    :raises StoreProblem: it cannot be reached, belongs to something else, or is of a newer
        version of this program.
    """
    with database.connection(store, writes=False) as connection:
        return told(store, lambda: _revision(store, connection))


def unsafe(store: str, database: Database) -> tuple[str, ...]:
    """Return what ``upgrade`` would do and may not be done while voting is open, oldest first.

    A migration that only adds, so that a ballot cast meanwhile and every receipt stay as they are,
    says so with ``safe_while_open = True`` in its module.

    :raises StoreProblem: as ``revision``.
    """
    current = revision(store, database)
    tree = _tree(_config(store))
    waiting = tuple(tree.iterate_revisions("head", current or "base"))
    return tuple(
        script.revision
        for script in reversed(waiting)
        if getattr(script.module, "safe_while_open", False) is not True
    )


def open_rounds(database: Database) -> tuple[str, ...]:
    """Return the rounds whose ballot box is open in a box store of any revision.

    :raises StoreProblem: as ``revision``.
    """
    if revision("box", database) is None:
        return ()
    with database.connection("box", writes=False) as connection:
        return told("box", lambda: tuple(connection.execute(_OPEN).scalars()))


def upgrade(store: str, database: Database) -> Migration:
    """Bring a database to the newest revision, in one transaction.

    :raises StoreProblem: as ``revision``; nothing is changed then.
    """
    with _exclusive(store, database) as connection:
        before = told(store, lambda: _revision(store, connection))
        if before != newest(store):
            told(store, lambda: command.upgrade(_config(store, connection), "head"))
        return Migration(store, before, newest(store))


def downgrade(store: str, database: Database, target: str = "base") -> None:
    """Take a database back to an earlier revision, in one transaction.

    Going back to ``base`` drops every table with everything in it.

    :raises StoreProblem: as ``revision``, or there is no such revision.
    """
    with _exclusive(store, database) as connection:
        told(store, lambda: _revision(store, connection))
        try:
            told(store, lambda: command.downgrade(_config(store, connection), target))
        except CommandError:
            raise StoreProblem(f"the {store} store has no revision {target!r}") from None


@contextmanager
def _exclusive(store: str, database: Database) -> Iterator[Connection]:
    with database.connection(store, writes=True) as connection:
        transaction = told(store, connection.begin)
        try:
            if database.kind == "postgresql":
                told(store, lambda: connection.execute(select(func.pg_advisory_xact_lock(_LOCK))))
            yield connection
            told(store, transaction.commit)
        finally:
            if transaction.is_active:
                transaction.rollback()


def _revision(store: str, connection: Connection) -> str | None:
    known = _tree(_config(store))
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        tables = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
        if tables:
            raise StoreProblem(
                f"the database of the {store} store holds tables of something else "
                f"({', '.join(tables[:3])}); it is not touched",
                store=store,
            )
        return None
    if current not in {script.revision for script in known.walk_revisions()}:
        raise StoreProblem(
            f"the database of the {store} store is at revision {current[:40]!r}, which this "
            "version of the program does not know: it is another store, or newer",
            store=store,
        )
    return current


def _tree(config: Config) -> ScriptDirectory:
    return _tree_in(str(config.get_main_option("script_location")))


@cache
def _tree_in(folder: str) -> ScriptDirectory:
    # Reading every script of a tree costs more than all the questions that are asked of it.
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _config(store: str, connection: Connection | None = None) -> Config:
    if not re.fullmatch(r"[a-z]+", store):
        raise StoreProblem(f"there is no store {store[:40]!r}")
    config = Config()
    folder = Path(__file__).parent / store / "migrations"
    # Alembic reads a percent sign in a value as the start of a variable.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
