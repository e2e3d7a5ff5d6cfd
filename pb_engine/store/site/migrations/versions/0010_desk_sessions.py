"""Where officials are logged in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0010"
down_revision = "site_0009"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "desk_sessions",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("official", WHOLE, nullable=False),
        sa.Column("begun_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.id"], name=op.f("fk_desk_sessions_official")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_desk_sessions")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_desk_sessions_official"), "desk_sessions", ["official"])


def downgrade() -> None:
    drop_with_rules("desk_sessions")
