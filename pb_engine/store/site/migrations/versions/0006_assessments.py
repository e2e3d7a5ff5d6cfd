"""What each member of the commission finds of an idea, and who has an interest in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0006"
down_revision = "site_0005"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_assessments_idea")),
        sa.PrimaryKeyConstraint("idea", "member", name=op.f("pk_assessments")),
        sqlite_strict=True,
    )
    op.create_table(
        "interests",
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_interests_idea")),
        sa.PrimaryKeyConstraint("idea", "member", name=op.f("pk_interests")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in ("interests", "assessments"):
        drop_with_rules(table)
