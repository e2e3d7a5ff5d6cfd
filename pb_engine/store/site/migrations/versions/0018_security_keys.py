"""Security keys of officials."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0018"
down_revision = "site_0017"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "security_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("official", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", WHOLE, nullable=False),
        sa.Column("asked_at", WHOLE, nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.id"], name=op.f("fk_security_keys_official")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_keys")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_security_keys_official"), "security_keys", ["official"])


def downgrade() -> None:
    drop_with_rules("security_keys")
