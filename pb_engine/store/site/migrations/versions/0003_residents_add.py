"""What residents add to ideas, and what is told after the vote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0003"
down_revision = "site_0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _new_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("on_behalf_of", sa.Text(), nullable=False, server_default=""),
        sa.Column("needs_space", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("language", sa.Text(), nullable=False, server_default="nl"),
        sa.Column("latitude_e6", WHOLE, nullable=True),
        sa.Column("longitude_e6", WHOLE, nullable=True),
        sa.Column("taken_from", sa.Text(), nullable=True),
        sa.Column("cost_lines", sa.Text(), nullable=False, server_default="[]"),
    )


def _unsubscribe() -> sa.Column[str]:
    return sa.Column("unsubscribe", sa.Text(), nullable=False, server_default="")


def upgrade() -> None:
    for column in _new_columns():
        op.add_column("ideas", column)
    op.add_column("messages", _unsubscribe())
    _forms()
    _talk()
    _letters()
    _texts()
    _afterwards()
    _shapes()


def downgrade() -> None:
    drop_with_rules(
        "shapes",
        "progress",
        "works",
        "translations",
        "news",
        "appeals",
        "follows",
        "comments",
        "supports",
        "pictures",
        "idea_drafts",
    )
    op.drop_column("messages", "unsubscribe")
    for column in reversed(_new_columns()):
        op.drop_column("ideas", column.name)


def _forms() -> None:
    op.create_table(
        "idea_drafts",
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_idea_drafts_round")),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_idea_drafts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_idea_drafts_saved_at"), "idea_drafts", ["saved_at"])
    op.create_table(
        "pictures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", WHOLE, nullable=False),
        sa.Column("height", WHOLE, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_pictures_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_pictures_round_subject"), "pictures", ["round", "subject"])


def _talk() -> None:
    op.create_table(
        "supports",
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("supporter", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_supports_idea")),
        sa.PrimaryKeyConstraint("idea", "supporter", name=op.f("pk_supports")),
        sqlite_strict=True,
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("official", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("reply_due", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_comments_idea")),
        sa.ForeignKeyConstraint(["answers"], ["comments.id"], name=op.f("fk_comments_answers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_comments_idea"), "comments", ["idea"])
    op.create_index(op.f("ix_comments_state_reply_due"), "comments", ["state", "reply_due"])


def _letters() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint("subject", "email_key", name=op.f("uq_follows_subject_email_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "appeals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_appeals_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appeals_idea"), "appeals", ["idea"])


def _texts() -> None:
    op.create_table(
        "news",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_news_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_news_round_at"), "news", ["round", "at"])
    op.create_table(
        "translations",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("source_digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "field", "locale", name=op.f("pk_translations")),
        sqlite_strict=True,
    )


def _afterwards() -> None:
    op.create_table(
        "works",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("spent_cents", WHOLE, nullable=False),
        sa.Column("ready_on", sa.Text(), nullable=True),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_works_round")),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_works_idea")),
        sa.PrimaryKeyConstraint("round", "idea", name=op.f("pk_works")),
        sqlite_strict=True,
    )
    op.create_table(
        "progress",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_progress_round")),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_progress_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_progress_idea_told_on"), "progress", ["idea", "told_on"])


def _shapes() -> None:
    op.create_table(
        "shapes",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area", name=op.f("pk_shapes")),
        sqlite_strict=True,
    )
