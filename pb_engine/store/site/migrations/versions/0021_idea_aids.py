"""Who and what helps an idea along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0021"
down_revision = "site_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idea_aids",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_idea_aids_round")),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_idea_aids_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_aids")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_idea_aids_idea"), "idea_aids", ["idea"])


def downgrade() -> None:
    drop_with_rules("idea_aids")
