"""Stories of residents, with what they agreed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0019"
down_revision = "site_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    texts = ("id", "round", "title", "happened", "quote", "name", "agreed_on")
    op.create_table(
        "stories",
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("public", sa.Integer(), nullable=False),
        sa.Column("with_photo", sa.Integer(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_stories_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_stories_round"), "stories", ["round"])


def downgrade() -> None:
    drop_with_rules("stories")
