"""The tables of the site store for mail that goes to many."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from pb_engine.store.columns import Day, Moment, Whole
from pb_engine.store.site.delivery_tables import METADATA

__all__ = ["BOUNCES", "DIGEST_STOPS", "METADATA", "NEWSLETTERS"]

# A letter to who wants news of a round; texts: JSON of subject and body by language.
NEWSLETTERS = Table(
    "newsletters",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("texts", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("sent_at", Moment),
    Column("recipients", Whole, nullable=False),
    Index(None, "round"),
    sqlite_strict=True,
)

# An address that takes no mail; tag is a keyed hash of it.
BOUNCES = Table(
    "bounces",
    METADATA,
    Column("tag", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("bounced_on", Day, nullable=False),
    Column("skipped", Whole, nullable=False),
    Index(None, "bounced_on"),
    sqlite_strict=True,
)

# An official who wants no daily mail of what waits.
DIGEST_STOPS = Table(
    "digest_stops",
    METADATA,
    Column("official", Whole, ForeignKey("officials.id"), primary_key=True, autoincrement=False),
    sqlite_strict=True,
)
