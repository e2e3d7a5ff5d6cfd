"""SQLite as a store: one writer at a time, readers beside it, nothing lost when power fails."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event

PATIENCE = 15
"""Seconds that a unit of work waits for another one before it is refused as busy."""

_MOMENT = 100
"""Milliseconds that tidying waits for a reader."""

WRITES = "pb_writes"
"""The execution option that turns BEGIN into BEGIN IMMEDIATE."""

_PRAGMAS = (
    f"busy_timeout = {PATIENCE * 1000}",
    "journal_mode = WAL",
    # NORMAL may lose a commit that was acknowledged when the power fails.
    "synchronous = FULL",
    "foreign_keys = ON",
    # Deleted and moved rows leave no readable trace in free pages.
    "secure_delete = ON",
    "trusted_schema = OFF",
)


def file_of(url: URL) -> Path | None:
    """Return the file behind a SQLite address; ``None`` for a database in memory."""
    return None if url.database in {None, "", ":memory:"} else Path(str(url.database))


def sqlite_engine(url: URL) -> Engine:
    """Return an engine on a SQLite file, or on one database in memory shared by all threads."""
    file = file_of(url)
    if file is None:
        pool: dict[str, Any] = {
            "poolclass": StaticPool,
            "connect_args": {"check_same_thread": False},
        }
    else:
        pool = {"pool_size": 8, "max_overflow": 24, "pool_timeout": PATIENCE}
        _keep_private(file)
    engine = create_engine(url, hide_parameters=True, **pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def emptied_log(connection: Connection) -> bool:
    """Cut the write-ahead log to nothing; tell whether that was possible within a moment."""
    # Past SQLAlchemy, which would begin a transaction first.
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        return False
    driver.execute(f"PRAGMA busy_timeout = {_MOMENT}").close()
    try:
        (busy, _, _) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}").close()
    return not busy


def _keep_private(file: Path) -> None:
    # SQLite gives its -wal and -shm files the rights of the main file.
    if file.parent.is_dir() and not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions of its own: it would begin them too late.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A writer that began as a reader is refused at once when it turns into a writer.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
