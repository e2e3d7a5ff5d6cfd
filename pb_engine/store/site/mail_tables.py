"""The tables of the site store for mail that goes to many."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from pb_engine.store.columns import Moment, Whole
from pb_engine.store.site.delivery_tables import METADATA

__all__ = ["METADATA", "NEWSLETTERS"]

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
