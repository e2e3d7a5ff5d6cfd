"""The tables of the study store: answers, under identifiers that nobody else knows."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from pb_engine.store.columns import Day, new_metadata

METADATA = new_metadata()

ANSWERS = Table(
    "answers",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, nullable=False),
    Column("survey", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("moment", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("given", Text, nullable=False),
    Column("sid", Text),
    Index(None, "round", "survey"),
    Index(None, "sid"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What waits has no day yet: it gets the day on which a batch leaves, shuffled.
WAITING = Table(
    "waiting_answers",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, nullable=False),
    Column("survey", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("moment", Text, nullable=False),
    Column("given", Text, nullable=False),
    Column("sid", Text),
    Index(None, "round", "survey"),
    Index(None, "sid"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
