"""What a voter reads at the box, so that the box needs no other store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "box_0004"
down_revision = "box_0003"
branch_labels = None
depends_on = None

# A new table; of ballots and what casting reads nothing changes, and open boxes get a placard from
# the next turn of ``pb-engine work``.
safe_while_open = True


def upgrade() -> None:
    op.create_table(
        "placards",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_placards_round")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_placards")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("placards")
