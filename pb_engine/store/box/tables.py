"""The tables of the ballot box: sealed ballots under pseudonyms, and nothing about anybody.

No column holds a time, a number that counts arrivals, or anything that another store knows.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    UniqueConstraint,
    select,
    union_all,
)

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

# What stands there is public; it follows amendments and decides nothing.
PLACARDS = Table(
    "placards",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("document", Bytes, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


def _of_ballots(name: str) -> Table:
    # The primary key is the rule "one ballot per voting right and number".
    return Table(
        name,
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


# A database remembers in what order rows came in and which transaction brought them.  So a ballot
# arrives in one table and moves to the other with many more at once, in the random order in which
# they enter the log; the first table is then emptied, past recovery.
INBOX = _of_ballots("inbox")
BALLOTS = _of_ballots("ballots")

EVERY = union_all(select(INBOX), select(BALLOTS)).subquery("every_ballot")
"""All ballots, those that wait included."""

OPENINGS = Table(
    "openings",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("document", Bytes, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

LOG_KEYS = Table(
    "log_keys",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("public_key", Bytes, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# A position says where an entry stands in the log.  Positions are dealt out at random within a
# batch, so they tell no order of arrival.
LOG_ENTRIES = Table(
    "log_entries",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("position", Whole, primary_key=True, autoincrement=False),
    Column("entry", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("pseudonym", Text, nullable=False),
    Column("number", Whole, nullable=False),
    ForeignKeyConstraint(
        ["round", "pseudonym", "number"],
        ["ballots.round", "ballots.pseudonym", "ballots.number"],
    ),
    UniqueConstraint("round", "entry"),
    UniqueConstraint("round", "pseudonym", "number"),
    CheckConstraint("position >= 0", name="position"),
    Index("ix_log_entries_round_receipt", "round", "receipt"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

TREE_HEADS = Table(
    "tree_heads",
    METADATA,
    Column("round", Text, ForeignKey("log_keys.round"), primary_key=True),
    Column("size", Whole, primary_key=True, autoincrement=False),
    Column("root", Bytes, nullable=False),
    Column("signature", Bytes, nullable=False),
    CheckConstraint("size >= 0", name="size"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

COSIGNATURES = Table(
    "cosignatures",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("size", Whole, primary_key=True, autoincrement=False),
    Column("witness", Bytes, primary_key=True),
    Column("signature", Bytes, nullable=False),
    ForeignKeyConstraint(["round", "size"], ["tree_heads.round", "tree_heads.size"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
