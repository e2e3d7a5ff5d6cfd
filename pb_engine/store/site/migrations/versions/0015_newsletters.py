"""Letters to everybody who wants news of a round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0015"
down_revision = "site_0014"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "newsletters",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("sent_at", sa.Text()),
        sa.Column("recipients", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_newsletters_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletters")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_newsletters_round"), "newsletters", ["round"])


def downgrade() -> None:
    drop_with_rules("newsletters")
