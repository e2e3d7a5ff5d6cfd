"""Rounds that are being written at the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0008"
down_revision = "site_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round_drafts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_drafts")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("round_drafts")
