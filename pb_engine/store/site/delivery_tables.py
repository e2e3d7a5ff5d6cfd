"""The tables of the site store for the work on ideas that got money."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from pb_engine.store.columns import Day, Whole
from pb_engine.store.site.front_tables import METADATA

__all__ = ["LEFTOVERS", "METADATA", "MILESTONES", "PAYMENTS", "PROGRESS", "ROUND_NOTES", "WORKS"]

# What became of an idea that got money.
WORKS = Table(
    "works",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("idea", Text, ForeignKey("ideas.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("ready_on", Day),
    Column("version", Whole, nullable=False),
    sqlite_strict=True,
)

# What was spent on such an idea, and the steps of the work on it.
PAYMENTS = Table(
    "payments",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("paid_on", Day, nullable=False),
    Column("cents", Whole, nullable=False),
    Column("what", Text, nullable=False),
    Index(None, "round", "idea"),
    sqlite_strict=True,
)

MILESTONES = Table(
    "milestones",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("idea", Text, ForeignKey("ideas.id"), primary_key=True),
    Column("position", Whole, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("due_on", Day, nullable=False),
    Column("done_on", Day),
    sqlite_strict=True,
)

PROGRESS = Table(
    "progress",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("told_on", Day, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "idea", "told_on"),
    sqlite_strict=True,
)

# What becomes of money that is left; part: an idea, or empty for what went to no idea.
LEFTOVERS = Table(
    "leftovers",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("fate", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("years", Whole, nullable=False),
    Column("settled_on", Day),
    Column("cents", Whole, nullable=False),
    Column("used_by", Text, ForeignKey("rounds.slug")),
    Column("version", Whole, nullable=False),
    sqlite_strict=True,
)

# What officials note of a round; document: JSON.
ROUND_NOTES = Table(
    "round_notes",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("version", Whole, nullable=False),
    sqlite_strict=True,
)
