"""Codes carry a seal, so that one that somebody points at another voting right is noticed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "register_0003"
down_revision = "register_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("codes", sa.Column("seal", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("codes", "seal")
