"""The tables of the site store: everything public, and the officials."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from pb_engine.domain.ideas import IdeaState, Recurrence
from pb_engine.domain.phases import Phase
from pb_engine.store.columns import Bytes, Day, Flag, Moment, Whole, Word, new_metadata

METADATA = new_metadata()

ROUNDS = Table(
    "rounds",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("phase", Word(Phase), nullable=False),
    Column("since", Moment, nullable=False),
    sqlite_strict=True,
)

FREEZES = Table(
    "freezes",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("position", Whole, primary_key=True, autoincrement=False),
    Column("moment", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("document", Bytes, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_strict=True,
)

PAPERS = Table(
    "papers",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("paper", Text, nullable=False),
    sqlite_strict=True,
)

PROJECTS = Table(
    "projects",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("position", Whole, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("cost", Whole, nullable=False),
    Column("title", Text, nullable=False),
    UniqueConstraint("round", "id"),
    sqlite_strict=True,
)

IDEAS = Table(
    "ideas",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("number", Whole, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("motivation", Text, nullable=False),
    Column("cost_cents", Whole, nullable=False),
    Column("area", Text),
    Column("place", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("own_effort", Text, nullable=False),
    Column("recurrence", Word(Recurrence), nullable=False),
    Column("state", Word(IdeaState), nullable=False),
    Column("submitted_on", Day, nullable=False),
    Column("version", Whole, nullable=False),
    Column("merged_into", Text, ForeignKey("ideas.id")),
    Column("review", Text),
    Column("manage_tag", Text, nullable=False),
    Column("on_behalf_of", Text, nullable=False, server_default=""),
    Column("needs_space", Flag, nullable=False, server_default="0"),
    Column("language", Text, nullable=False, server_default="nl"),
    Column("latitude_e6", Whole),
    Column("longitude_e6", Whole),
    Column("taken_from", Text),
    Column("cost_lines", Text, nullable=False, server_default="[]"),
    Column("split_from", Text),
    UniqueConstraint("round", "number"),
    sqlite_strict=True,
)

SUBMITTERS = Table(
    "submitters",
    METADATA,
    Column("idea", Text, ForeignKey("ideas.id"), primary_key=True),
    Column("position", Whole, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("email_key", Text),
    Column("helper", Text),
    Index(None, "email_key"),
    sqlite_strict=True,
)

LOG = Table(
    "log",
    METADATA,
    Column("number", Whole, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("round", Text),
    Column("by_whom", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("previous"),
    Index(None, "round", "number"),
    sqlite_strict=True,
)

CURSORS = Table(
    "cursors",
    METADATA,
    Column("listener", Text, primary_key=True),
    Column("number", Whole, nullable=False),
    sqlite_strict=True,
)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Whole, nullable=False),
    Column("not_before", Moment),
    Column("problem", Text, nullable=False),
    Column("unsubscribe", Text, nullable=False, server_default=""),
    Index(None, "state", "not_before"),
    sqlite_strict=True,
)

OFFICIALS = Table(
    "officials",
    METADATA,
    Column("id", Whole, primary_key=True),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("active", Flag, nullable=False),
    Column("uniquifier", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("totp_method", Text),
    Column("totp_secret", Text),
    Column("recovery_codes", Text, nullable=False),
    UniqueConstraint("email_key"),
    UniqueConstraint("uniquifier"),
    sqlite_strict=True,
)

# Where officials are logged in; the key is a hash of what the cookie holds.
DESK_SESSIONS = Table(
    "desk_sessions",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("official", Whole, ForeignKey("officials.id"), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("browser", Text, nullable=False),
    Index(None, "official"),
    sqlite_strict=True,
)

# What an official can log in with beside the password; the public half only.
SECURITY_KEYS = Table(
    "security_keys",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("official", Whole, ForeignKey("officials.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", Bytes, nullable=False),
    Column("sign_count", Whole, nullable=False),
    Column("asked_at", Whole, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index(None, "official"),
    sqlite_strict=True,
)

# Who was invited to the desk; the tag is a hash of what the link holds.
INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("official", Whole, ForeignKey("officials.id"), primary_key=True),
    Column("tag", Text, nullable=False),
    Column("until", Moment, nullable=False),
    UniqueConstraint("tag"),
    sqlite_strict=True,
)

PUBLICATIONS = Table(
    "publications",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("size", Whole, nullable=False),
    Column("body", Bytes, nullable=False),
    sqlite_strict=True,
)

COUNTS = Table(
    "counts",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("document", Bytes, nullable=False),
    sqlite_strict=True,
)

# How often something was tried: the key is a keyed hash and goes when its time is over.
THROTTLES = Table(
    "throttles",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("hits", Whole, nullable=False),
    Column("until", Whole, nullable=False),
    sqlite_strict=True,
)

LETTER_TEXTS = Table(
    "letter_texts",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)
