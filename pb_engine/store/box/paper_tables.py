"""The tables for counting paper: numbered stacks of sheets, read by one and another hand.

Sheets bear no name and no code, so nothing here leads to anybody.  What a sheet says lies here
sealed, and as a keyed mark that two readings of one sheet share.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from pb_engine.store.box.tables import METADATA
from pb_engine.store.columns import Bytes, Flag, Whole

PAPER_STACKS = Table(
    "paper_stacks",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("stack", Whole, primary_key=True, autoincrement=False),
    Column("stated", Whole, nullable=False),
    Column("stage", Text, nullable=False),
    Column("leaver", Text, nullable=False),
    Column("totals", Text, nullable=False),
    CheckConstraint("stack >= 1", name="stack"),
    CheckConstraint("stated >= 1", name="stated"),
    CheckConstraint("stage IN ('reading', 'accepted', 'left_out')", name="stage"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The database itself sees to it that nobody reads one stack twice.
PAPER_HANDS = Table(
    "paper_hands",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("stack", Whole, primary_key=True, autoincrement=False),
    Column("hand", Whole, primary_key=True, autoincrement=False),
    Column("clerk", Text, nullable=False),
    Column("finished", Flag, nullable=False),
    ForeignKeyConstraint(["round", "stack"], ["paper_stacks.round", "paper_stacks.stack"]),
    UniqueConstraint("round", "stack", "clerk"),
    CheckConstraint("hand IN (1, 2, 3)", name="hand"),
    CheckConstraint("finished IN (0, 1)", name="finished"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PAPER_SHEETS = Table(
    "paper_sheets",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("stack", Whole, primary_key=True, autoincrement=False),
    Column("hand", Whole, primary_key=True, autoincrement=False),
    Column("sheet", Whole, primary_key=True, autoincrement=False),
    Column("mark", Text, nullable=False),
    Column("defect", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("sealed", Bytes, nullable=False),
    ForeignKeyConstraint(
        ["round", "stack", "hand"],
        ["paper_hands.round", "paper_hands.stack", "paper_hands.hand"],
    ),
    CheckConstraint("sheet >= 1", name="sheet"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PAPER_MARKS = Table(
    "paper_marks",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("stack", Whole, primary_key=True, autoincrement=False),
    Column("sheet", Whole, primary_key=True, autoincrement=False),
    Column("mark", Text, nullable=False),
    ForeignKeyConstraint(["round", "stack"], ["paper_stacks.round", "paper_stacks.stack"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PAPER_CHECKS = Table(
    "paper_checks",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("stack", Whole, primary_key=True, autoincrement=False),
    Column("sheet", Whole, primary_key=True, autoincrement=False),
    Column("hand", Whole, primary_key=True, autoincrement=False),
    Column("clerk", Text, nullable=False),
    Column("mark", Text, nullable=False),
    ForeignKeyConstraint(
        ["round", "stack", "sheet"],
        ["paper_marks.round", "paper_marks.stack", "paper_marks.sheet"],
    ),
    UniqueConstraint("round", "stack", "sheet", "clerk"),
    CheckConstraint("hand IN (1, 2)", name="hand"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PAPER_BALLOTS = Table(
    "paper_ballots",
    METADATA,
    Column("round", Text, ForeignKey("boxes.round"), primary_key=True),
    Column("pseudonym", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
