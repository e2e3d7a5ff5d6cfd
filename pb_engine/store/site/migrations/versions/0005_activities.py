"""What was done to reach residents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0005"
down_revision = "site_0004"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("people", WHOLE, nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("attachment", sa.Text(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_activities_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_activities_round_day"), "activities", ["round", "day"])


def downgrade() -> None:
    drop_with_rules("activities")
