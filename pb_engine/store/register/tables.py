"""The tables of the register: voting rights and hashed voting codes, and no time of anything."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table, Text

from pb_engine.store.columns import Whole, Word, new_metadata
from pb_engine.store.register.values import Channel, CodeState

METADATA = new_metadata()

# Keys are keyed hashes, and rows lie in key order: the order of arrival is not kept.
ENTITLEMENTS = Table(
    "entitlements",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("style", Text, nullable=False),
    Column("area", Text),
    Column("channel", Word(Channel), nullable=False),
    CheckConstraint("channel IN ('none', 'digital', 'paper', 'void')", name="channel"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

CODES = Table(
    "codes",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    Column("entitlement", Text, nullable=False),
    Column("batch", Whole, nullable=False),
    Column("state", Word(CodeState), nullable=False),
    ForeignKeyConstraint(["round", "entitlement"], ["entitlements.round", "entitlements.id"]),
    CheckConstraint("state IN ('created', 'void', 'replaced', 'test')", name="state"),
    Index(None, "round", "entitlement"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
