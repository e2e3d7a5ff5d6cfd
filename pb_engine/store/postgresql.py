"""PostgreSQL as a store, through psycopg 3."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine

from pb_engine.errors import StoreProblem

_OPTIONS = (
    "-c lock_timeout=15s "
    "-c idle_in_transaction_session_timeout=60s "
    "-c synchronous_commit=on "
    "-c timezone=UTC"
)

READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""A reader sees one moment of the store, as it does on SQLite, and can change nothing."""


def postgresql_engine(url: URL) -> Engine:
    """Return an engine on a PostgreSQL database.

    :raises StoreProblem: psycopg is not installed.
    """
    # An address that brings its own session options knows what it does.
    session = {} if "options" in url.query else {"options": _OPTIONS}
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_size=8,
            max_overflow=24,
            pool_timeout=15,
            # A restarted server must not cost the next voter an error page.
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, **session},
        )
    except ImportError:
        raise StoreProblem(
            "a PostgreSQL store needs psycopg: install pb-engine[postgres]"
        ) from None
