"""What submitters say of splitting their idea, and how they said it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0023"
down_revision = "site_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("way", "words"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("consents", column)
    op.create_table(
        "split_proposals",
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_split_proposals_idea")),
        sa.PrimaryKeyConstraint("idea", name=op.f("pk_split_proposals")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("split_proposals")
    for name in ("words", "way"):
        op.drop_column("consents", name)
