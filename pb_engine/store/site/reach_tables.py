"""Tables of the site store about how residents were reached, and what they told."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from pb_engine.store.columns import Day, Flag, Whole
from pb_engine.store.site.tables import METADATA

# What somebody told; name: empty unless they agreed.  Its photograph is one of "pictures".
STORIES = Table(
    "stories",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("title", Text, nullable=False),
    Column("happened", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("agreed_on", Day, nullable=False),
    Column("public", Flag, nullable=False),
    Column("with_photo", Flag, nullable=False),
    Column("until", Day, nullable=False),
    Index(None, "round"),
    sqlite_strict=True,
)

# Whom a round wants to reach, and how; slots: JSON, always five.
CHANNEL_PLANS = Table(
    "channel_plans",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("slots", Text, nullable=False),
    Column("version", Whole, nullable=False),
    sqlite_strict=True,
)

# Who helps an idea along, or a place for it; everybody may read it.
IDEA_AIDS = Table(
    "idea_aids",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "idea"),
    sqlite_strict=True,
)
