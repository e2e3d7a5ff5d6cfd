"""Texts of letters, and how often something was tried lately."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0002"
down_revision = "site_0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "throttles",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hits", WHOLE, nullable=False),
        sa.Column("until", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
        sqlite_strict=True,
    )
    op.create_table(
        "letter_texts",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_letter_texts_round")),
        sa.PrimaryKeyConstraint("round", "slot", "locale", name=op.f("pk_letter_texts")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("letter_texts", "throttles")
