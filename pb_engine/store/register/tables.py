"""The tables of the register: who has a voting right, hashed voting codes; no time of anything."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    UniqueConstraint,
)

from pb_engine.store.columns import Bytes, Flag, Whole, Word, new_metadata
from pb_engine.store.register.values import (
    AmendmentState,
    BatchKind,
    BatchState,
    Channel,
    CodeState,
    ResidentState,
)

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
    Column("second", Text),
    Column("seal", Text),
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
    Column("seal", Text),
    ForeignKeyConstraint(["round", "entitlement"], ["entitlements.round", "entitlements.id"]),
    CheckConstraint(
        "state IN ('created', 'exported', 'sent', 'returned', 'used', 'void', 'replaced', 'test')",
        name="state",
    ),
    Index(None, "round", "entitlement"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

BATCHES = Table(
    "batches",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("batch", Whole, primary_key=True, autoincrement=False),
    Column("kind", Word(BatchKind), nullable=False),
    Column("state", Word(BatchState), nullable=False),
    Column("area", Text),
    Column("made", Whole, nullable=False),
    Column("by", Text, nullable=False),
    CheckConstraint("kind IN ('letter', 'desk', 'school', 'test')", name="kind"),
    CheckConstraint("state IN ('created', 'exported', 'sent', 'returned', 'void')", name="state"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

ROLLS = Table(
    "rolls",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("residents", Whole, nullable=False),
    Column("digest", Text),
    Column("counts", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The one table of the register that names people.  It goes when its term is over, and the voting
# rights stay without it.
RESIDENTS = Table(
    "residents",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("entitlement", Text, nullable=False),
    Column("person", Text),
    Column("name", Text, nullable=False),
    Column("sought", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("house", Whole, nullable=False),
    Column("addition", Text, nullable=False),
    Column("birth_year", Whole),
    Column("age_band", Text),
    Column("email", Text),
    Column("area", Text),
    Column("secret", Flag, nullable=False),
    Column("state", Word(ResidentState), nullable=False),
    ForeignKeyConstraint(["round", "entitlement"], ["entitlements.round", "entitlements.id"]),
    UniqueConstraint("round", "entitlement"),
    UniqueConstraint("round", "person"),
    CheckConstraint("secret IN (0, 1)", name="secret"),
    CheckConstraint("state IN ('active', 'moved', 'removed')", name="state"),
    Index(None, "round", "postcode", "house"),
    Index(None, "round", "sought"),
    Index(None, "round", "email"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

AMENDMENTS = Table(
    "amendments",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("amendment", Whole, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("decided_by", Text),
    Column("state", Word(AmendmentState), nullable=False),
    Column("signed", Bytes),
    CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),
    CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What may happen once, such as a link in a mail: a keyed hash of it stands here once it happened.
SPENT = Table(
    "spent",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PROXIES = Table(
    "proxies",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("giver", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    ForeignKeyConstraint(["round", "giver"], ["entitlements.round", "entitlements.id"]),
    ForeignKeyConstraint(["round", "holder"], ["entitlements.round", "entitlements.id"]),
    CheckConstraint("giver <> holder", name="two_people"),
    Index(None, "round", "holder"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
