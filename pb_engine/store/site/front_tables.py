"""The tables of the site store for what residents add, and for what is told after the vote."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from pb_engine.store.columns import Bytes, Day, Flag, Moment, Whole
from pb_engine.store.site.tables import METADATA

__all__ = [
    "ACTIVITIES",
    "APPEALS",
    "ASSESSMENTS",
    "COMMENTS",
    "CONSENTS",
    "FOLLOWS",
    "IDEA_DRAFTS",
    "IDEA_LINKS",
    "INTERESTS",
    "METADATA",
    "NEWS",
    "PICTURES",
    "ROUND_DRAFTS",
    "ROUND_REPORTS",
    "RULE_COMMENTS",
    "SHAPES",
    "SPLIT_PROPOSALS",
    "SUPPORTS",
    "TRANSLATIONS",
]

# An idea that is not handed in yet; the tag is a keyed hash of the code to go on with it.
IDEA_DRAFTS = Table(
    "idea_drafts",
    METADATA,
    Column("tag", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("document", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Index(None, "saved_at"),
    sqlite_strict=True,
)

# A round that is being written at the desk: its document so far, and who was there last.
ROUND_DRAFTS = Table(
    "round_drafts",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("edited_by", Text, nullable=False),
    Column("edited_at", Moment, nullable=False),
    sqlite_strict=True,
)

# What somebody says of rules before they freeze; it holds no name.
RULE_COMMENTS = Table(
    "rule_comments",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("body", Text, nullable=False),
    Column("written_on", Day, nullable=False),
    Index(None, "round"),
    sqlite_strict=True,
)

# subject: "draft:<tag>", "idea:<id>", "progress:<id>", "story:<id>" or "round".
PICTURES = Table(
    "pictures",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("subject", Text, nullable=False),
    Column("position", Whole, nullable=False),
    Column("alternative", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("width", Whole, nullable=False),
    Column("height", Whole, nullable=False),
    Column("body", Bytes, nullable=False),
    Column("small", Bytes, nullable=False),
    Column("hidden", Flag, nullable=False),
    Index(None, "round", "subject"),
    sqlite_strict=True,
)

# supporter: keyed hash, so that one person or device counts once; never an address.
SUPPORTS = Table(
    "supports",
    METADATA,
    Column("idea", Text, ForeignKey("ideas.id"), primary_key=True),
    Column("supporter", Text, primary_key=True),
    Column("stance", Text, nullable=False),
    sqlite_strict=True,
)

# state: "waiting", "shown" or "hidden"; reason says which public rule hides it.
COMMENTS = Table(
    "comments",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("answers", Text, ForeignKey("comments.id")),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("official", Flag, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("reply_due", Day),
    Index(None, "idea"),
    Index(None, "state", "reply_due"),
    sqlite_strict=True,
)

# subject: "idea:<id>" or "news:<round>".  A row is there only after its address was confirmed; no
# row says who voted.
FOLLOWS = Table(
    "follows",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False),
    Column("locale", Text, nullable=False),
    UniqueConstraint("subject", "email_key"),
    sqlite_strict=True,
)

# A request to look at a judgement again.  state: "open", "upheld" or "dismissed".
APPEALS = Table(
    "appeals",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("asked_on", Day, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_on", Day),
    Index(None, "idea"),
    sqlite_strict=True,
)

# What one member of the commission finds of an idea, as JSON; one row per idea and member.
ASSESSMENTS = Table(
    "assessments",
    METADATA,
    Column("idea", Text, ForeignKey("ideas.id"), primary_key=True),
    Column("member", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("made_on", Day, nullable=False),
    Column("version", Whole, nullable=False),
    sqlite_strict=True,
)

# A member who has an interest in an idea takes no part in its review.
INTERESTS = Table(
    "interests",
    METADATA,
    Column("idea", Text, ForeignKey("ideas.id"), primary_key=True),
    Column("member", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("declared_on", Day, nullable=False),
    sqlite_strict=True,
)

# The question to a submitter whether ideas may be merged, or one split (then into is that idea).
# state: "asked", "agreed", "refused".
CONSENTS = Table(
    "consents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("into", Text, ForeignKey("ideas.id"), nullable=False),
    Column("of_idea", Text, nullable=False),
    Column("place", Whole, nullable=False),
    Column("asked_on", Day, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_on", Day),
    Column("decided_by", Text, nullable=False),
    Column("way", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    UniqueConstraint("idea", "into", "of_idea", "place"),
    sqlite_strict=True,
)

# The two parts that submitters are asked about, until the idea is split.
SPLIT_PROPOSALS = Table(
    "split_proposals",
    METADATA,
    Column("idea", Text, ForeignKey("ideas.id"), primary_key=True),
    Column("document", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_on", Day, nullable=False),
    sqlite_strict=True,
)

# Two ideas that exclude each other, or of which the first needs the other.
IDEA_LINKS = Table(
    "idea_links",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("other", Text, ForeignKey("ideas.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_on", Day, nullable=False),
    Column("made_by", Text, nullable=False),
    UniqueConstraint("idea", "other"),
    sqlite_strict=True,
)

NEWS = Table(
    "news",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("shown", Flag, nullable=False),
    Index(None, "round", "at"),
    sqlite_strict=True,
)

# What somebody wrote, in another language.  origin: "human" or "machine"; the digest tells
# whether the original changed since.
TRANSLATIONS = Table(
    "translations",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("source_digest", Text, nullable=False),
    sqlite_strict=True,
)

# The outline of an area as GeoJSON geometry (WGS 84).
SHAPES = Table(
    "shapes",
    METADATA,
    Column("area", Text, primary_key=True),
    Column("geometry", Text, nullable=False),
    Column("source", Text, nullable=False),
    sqlite_strict=True,
)

# What was done to reach residents; attachment: media type of the file, or empty.
ACTIVITIES = Table(
    "activities",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("round", Text, ForeignKey("rounds.slug"), nullable=False),
    Column("day", Day, nullable=False),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("people", Whole),
    Column("result", Text, nullable=False),
    Column("attachment", Text, nullable=False),
    Column("file", Bytes, nullable=False),
    Index(None, "round", "day"),
    sqlite_strict=True,
)

# What officials write at the end of a round; answers: JSON of texts by idea.
ROUND_REPORTS = Table(
    "round_reports",
    METADATA,
    Column("round", Text, ForeignKey("rounds.slug"), primary_key=True),
    Column("reaction", Text, nullable=False),
    Column("used", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("thanked_on", Day),
    Column("archived_on", Day),
    Column("version", Whole, nullable=False),
    sqlite_strict=True,
)
