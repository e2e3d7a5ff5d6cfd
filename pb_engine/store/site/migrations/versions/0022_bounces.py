"""Addresses that take no mail, and officials who want no daily mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0022"
down_revision = "site_0021"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bounces",
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("bounced_on", sa.Text(), nullable=False),
        sa.Column("skipped", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_bounces")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_bounces_bounced_on"), "bounces", ["bounced_on"])
    op.create_table(
        "digest_stops",
        sa.Column("official", WHOLE, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.id"], name=op.f("fk_digest_stops_official")
        ),
        sa.PrimaryKeyConstraint("official", name=op.f("pk_digest_stops")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("digest_stops")
    drop_with_rules("bounces")
