"""The tables of the ballot box: sealed ballots under pseudonyms, and nothing about anybody.

No column holds a time, a number that counts arrivals, or anything that another store knows.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, Text, UniqueConstraint

from pb_engine.store.columns import Bytes, Flag, Whole, new_metadata

METADATA = new_metadata()

BOXES = Table(
    "boxes",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("open", Flag, nullable=False),
    Column("suite", Text, nullable=False),
    Column("public_key", Bytes, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("may_change", Flag, nullable=False),
    Column("receipt_key", Bytes, nullable=False),
    Column("ticket_key", Bytes, nullable=False),
    CheckConstraint("open IN (0, 1)", name="open"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PAPERS = Table(
    "papers",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("style", Text, primary_key=True),
    Column("paper", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The primary key is the rule "one ballot per voting right and number"; rows lie in its order.
BALLOTS = Table(
    "ballots",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("pseudonym", Text, primary_key=True),
    Column("number", Whole, primary_key=True, autoincrement=False),
    Column("style", Text, nullable=False),
    Column("attempt", Text, nullable=False),
    Column("sealed", Bytes, nullable=False),
    UniqueConstraint("round", "pseudonym", "attempt"),
    CheckConstraint("number >= 1", name="number"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

OPENINGS = Table(
    "openings",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("document", Bytes, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
