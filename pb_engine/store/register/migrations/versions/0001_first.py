"""The first schema of the register store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "register_0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _entitlements()
    _codes()


def downgrade() -> None:
    drop_with_rules("codes", "entitlements")


def _entitlements() -> None:
    op.create_table(
        "entitlements",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('none', 'digital', 'paper', 'void')", name=op.f("ck_entitlements_channel")
        ),
        sa.PrimaryKeyConstraint("round", "id", name=op.f("pk_entitlements")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _codes() -> None:
    op.create_table(
        "codes",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("entitlement", sa.Text(), nullable=False),
        sa.Column("batch", WHOLE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('created', 'void', 'replaced', 'test')", name=op.f("ck_codes_state")
        ),
        sa.ForeignKeyConstraint(
            ["round", "entitlement"],
            ["entitlements.round", "entitlements.id"],
            name=op.f("fk_codes_round_entitlement"),
        ),
        sa.PrimaryKeyConstraint("round", "tag", name=op.f("pk_codes")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_codes_round_entitlement"), "codes", ["round", "entitlement"], unique=False
    )
