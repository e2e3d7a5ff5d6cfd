"""Whom rounds want to reach, and how."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0020"
down_revision = "site_0019"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "channel_plans",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("slots", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_channel_plans_round")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_channel_plans")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("channel_plans")
