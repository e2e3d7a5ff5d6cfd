"""What residents say of rules before they freeze."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0009"
down_revision = "site_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_comments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_rule_comments_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_comments")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_rule_comments_round"), "rule_comments", ["round"])


def downgrade() -> None:
    drop_with_rules("rule_comments")
