"""Ideas that exclude or need each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0014"
down_revision = "site_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idea_links",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_idea_links_idea")),
        sa.ForeignKeyConstraint(["other"], ["ideas.id"], name=op.f("fk_idea_links_other")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_links")),
        sa.UniqueConstraint("idea", "other", name=op.f("uq_idea_links_idea_other")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("idea_links")
