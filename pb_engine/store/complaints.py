"""What goes wrong in a database, as a sentence without SQL and without a single value.

A driver's own text may quote a whole row ("Key (tag)=(...) already exists"), so nothing of it
is passed on except names that stand in our own schema and the sentences of our own triggers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pb_engine.errors import StoreProblem

Answer = TypeVar("Answer")

OURS = "PB001"
"""The SQLSTATE with which our own PostgreSQL triggers refuse."""

_SENTENCES = {
    "busy": "is busy; nothing was stored, try again in a moment",
    "unreachable": "cannot be reached; check its address and whether it runs",
    "tables": "misses its tables; run pb-engine migrate",
    "full": "has no room left; nothing was stored",
    "readonly": "may not be written to; check the rights on its file",
    "broken": "is damaged or is no database at all; restore it from a backup",
    "value": "refused a value that does not fit its column",
    "rule": "refused a row that breaks a rule of its schema",
    "failed": "could not do this; nothing was stored",
}

_SQLITE = {
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_CANTOPEN": "unreachable",
    "SQLITE_IOERR": "unreachable",
    "SQLITE_FULL": "full",
    "SQLITE_READONLY": "readonly",
    "SQLITE_NOTADB": "broken",
    "SQLITE_CORRUPT": "broken",
    "SQLITE_TOOBIG": "value",
    "SQLITE_MISMATCH": "value",
    "SQLITE_CONSTRAINT": "rule",
}

# By class (two characters) or by code (five); the code wins.
_POSTGRESQL = {
    "08": "unreachable",
    "22": "value",
    "23": "rule",
    "25006": "readonly",
    "28": "unreachable",
    "3D": "unreachable",
    "40": "busy",
    "42P01": "tables",
    "53": "busy",
    "53100": "full",
    "55": "busy",
    "57": "unreachable",
    "58": "broken",
    "XX": "broken",
}


def told(store: str, step: Callable[[], Answer]) -> Answer:
    """Do ``step`` and return its answer; a database error becomes a sentence about ``store``.

    :raises StoreProblem: with ``details["problem"]``; the driver's own text does not travel
        along, not even as the cause.
    """
    try:
        return step()
    except (SQLAlchemyError, UnicodeError, OverflowError) as error:
        problem = complaint(store, error)
    # Outside the except block, so that no traceback drags the driver's text into a log.
    raise problem


def complaint(store: str, error: Exception) -> StoreProblem:
    """Return the refusal that describes ``error`` without quoting it."""
    if isinstance(error, (UnicodeError, OverflowError)):
        return _problem(store, "value")
    if isinstance(error, PoolTimeout):
        return _problem(store, "busy")
    origin = error.orig if isinstance(error, DBAPIError) else None
    if origin is None:
        return _problem(store, "value" if hasattr(error, "orig") else "failed")
    if hasattr(origin, "sqlite_errorname"):
        return _of_sqlite(store, origin.sqlite_errorname, str(origin))
    if hasattr(origin, "sqlstate"):
        return _of_postgresql(store, origin)
    return _problem(store, "failed")


def _of_sqlite(store: str, name: str, text: str) -> StoreProblem:
    if name == "SQLITE_CONSTRAINT_TRIGGER":
        return StoreProblem(f"the {store} store refused: {text}", store=store, problem="rule")
    if text.startswith("no such table"):
        return _problem(store, "tables")
    kind = _SQLITE.get("_".join(name.split("_")[:2]), "failed")
    # "UNIQUE constraint failed: codes.round, codes.tag" holds names of the schema only.
    rule = re.fullmatch(r"[A-Z ]+ constraint failed(?:: ([\w., ]+))?", text)
    return _problem(store, kind, rule.group(1) if rule and rule.group(1) else name)


def _of_postgresql(store: str, origin: BaseException) -> StoreProblem:
    state = getattr(origin, "sqlstate", None) or "08000"
    diagnosis = getattr(origin, "diag", None)
    if state == OURS:
        sentence = f"the {store} store refused: {getattr(diagnosis, 'message_primary', '')}"
        return StoreProblem(sentence, store=store, problem="rule")
    kind = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2], "failed")
    return _problem(store, kind, getattr(diagnosis, "constraint_name", None) or state)


def _problem(store: str, kind: str, name: str | None = None) -> StoreProblem:
    named = f" ({name})" if name else ""
    return StoreProblem(f"the {store} store {_SENTENCES[kind]}{named}", store=store, problem=kind)
