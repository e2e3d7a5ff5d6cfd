"""What officials note of a round for its figures and reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0017"
down_revision = "site_0016"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "round_notes",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_round_notes_round")),
        sa.PrimaryKeyConstraint("round", "name", name=op.f("pk_round_notes")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("round_notes")
