"""What submitters say of merging, and of which idea an idea is a part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0012"
down_revision = "site_0011"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("ideas", sa.Column("split_from", sa.Text()))
    op.create_table(
        "consents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("of_idea", sa.Text(), nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("asked_on", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Text()),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_consents_idea")),
        sa.ForeignKeyConstraint(["into"], ["ideas.id"], name=op.f("fk_consents_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint(
            "idea", "into", "of_idea", "place", name=op.f("uq_consents_idea_into_of_idea_place")
        ),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("consents")
    op.drop_column("ideas", "split_from")
