"""Officials who were invited and have not come yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0011"
down_revision = "site_0010"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("official", WHOLE, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.id"], name=op.f("fk_invitations_official")
        ),
        sa.PrimaryKeyConstraint("official", name=op.f("pk_invitations")),
        sa.UniqueConstraint("tag", name=op.f("uq_invitations_tag")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    drop_with_rules("invitations")
