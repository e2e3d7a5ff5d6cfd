"""What officials write at the end of a round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0007"
down_revision = "site_0006"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "round_reports",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("used", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("thanked_on", sa.Text(), nullable=True),
        sa.Column("archived_on", sa.Text(), nullable=True),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_round_reports_round")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_round_reports")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("round_reports")
