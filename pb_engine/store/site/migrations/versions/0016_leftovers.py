"""What becomes of money that is left: it goes back, or an area saves it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0016"
down_revision = "site_0015"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "leftovers",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("years", WHOLE, nullable=False),
        sa.Column("settled_on", sa.Text()),
        sa.Column("cents", WHOLE, nullable=False),
        sa.Column("used_by", sa.Text()),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_leftovers_round")),
        sa.ForeignKeyConstraint(["used_by"], ["rounds.slug"], name=op.f("fk_leftovers_used_by")),
        sa.PrimaryKeyConstraint("round", "part", name=op.f("pk_leftovers")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("leftovers")
