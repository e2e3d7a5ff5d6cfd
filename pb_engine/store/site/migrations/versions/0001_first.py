"""The first schema of the site store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules, only_grows

revision = "site_0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _rounds()
    _freezes()
    _papers()
    _projects()
    _ideas()
    _submitters()
    _log()
    _cursors()
    _messages()
    _officials()
    _publications()
    _counts()
    _rules()


def downgrade() -> None:
    drop_with_rules(
        "counts",
        "publications",
        "officials",
        "messages",
        "cursors",
        "log",
        "submitters",
        "ideas",
        "projects",
        "papers",
        "freezes",
        "rounds",
    )


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_rounds")),
        sqlite_strict=True,
    )


def _freezes() -> None:
    op.create_table(
        "freezes",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, autoincrement=False, nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_freezes_round")),
        sa.PrimaryKeyConstraint("round", "position", name=op.f("pk_freezes")),
        sqlite_strict=True,
    )


def _papers() -> None:
    op.create_table(
        "papers",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_papers_round")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_papers")),
        sqlite_strict=True,
    )


def _projects() -> None:
    op.create_table(
        "projects",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_projects_round")),
        sa.PrimaryKeyConstraint("round", "position", name=op.f("pk_projects")),
        sa.UniqueConstraint("round", "id", name=op.f("uq_projects_round_id")),
        sqlite_strict=True,
    )


def _ideas() -> None:
    op.create_table(
        "ideas",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("cost_cents", WHOLE, nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("own_effort", sa.Text(), nullable=False),
        sa.Column("recurrence", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("review", sa.Text(), nullable=True),
        sa.Column("manage_tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["ideas.id"], name=op.f("fk_ideas_merged_into")),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_ideas_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("round", "number", name=op.f("uq_ideas_round_number")),
        sqlite_strict=True,
    )


def _submitters() -> None:
    op.create_table(
        "submitters",
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("helper", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_submitters_idea")),
        sa.PrimaryKeyConstraint("idea", "position", name=op.f("pk_submitters")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_submitters_email_key"), "submitters", ["email_key"], unique=False)


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=True),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log")),
        sa.UniqueConstraint("previous", name=op.f("uq_log_previous")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_log_round_number"), "log", ["round", "number"], unique=False)


def _cursors() -> None:
    op.create_table(
        "cursors",
        sa.Column("listener", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("listener", name=op.f("pk_cursors")),
        sqlite_strict=True,
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", WHOLE, nullable=False),
        sa.Column("not_before", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_messages")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_messages_state_not_before"), "messages", ["state", "not_before"], unique=False
    )


def _officials() -> None:
    op.create_table(
        "officials",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("uniquifier", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("totp_method", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("recovery_codes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officials")),
        sa.UniqueConstraint("email_key", name=op.f("uq_officials_email_key")),
        sa.UniqueConstraint("uniquifier", name=op.f("uq_officials_uniquifier")),
        sqlite_strict=True,
    )


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_publications_round")),
        sa.PrimaryKeyConstraint("round", "name", name=op.f("pk_publications")),
        sqlite_strict=True,
    )


def _counts() -> None:
    op.create_table(
        "counts",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_counts_round")),
        sa.PrimaryKeyConstraint("round", "name", name=op.f("pk_counts")),
        sqlite_strict=True,
    )


def _rules() -> None:
    only_grows("log", ("number",), "the event log only grows")
