"""What was spent on an idea, day by day, and the steps of the work on it.

The one amount that was kept until now becomes a payment on the day of the last update, or of the
result where there was none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "site_0013"
down_revision = "site_0012"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "Alles tot deze dag"


def upgrade() -> None:
    _payments()
    op.create_table(
        "milestones",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Text()),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_milestones_round")),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_milestones_idea")),
        sa.PrimaryKeyConstraint("round", "idea", "position", name=op.f("pk_milestones")),
        sqlite_strict=True,
    )
    op.execute(
        sa.text(
            "INSERT INTO payments (id, round, idea, paid_on, cents, what) "
            "SELECT 'p0-' || idea, round, idea, "
            "COALESCE((SELECT MAX(told_on) FROM progress WHERE progress.idea = works.idea), "
            "(SELECT SUBSTR(since, 1, 10) FROM rounds WHERE slug = works.round)), "
            "spent_cents, :what FROM works WHERE spent_cents > 0"
        ).bindparams(what=BEFORE)
    )
    op.drop_column("works", "spent_cents")


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=False),
        sa.Column("cents", WHOLE, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.slug"], name=op.f("fk_payments_round")),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_payments_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payments_round_idea"), "payments", ["round", "idea"])


def downgrade() -> None:
    op.add_column("works", sa.Column("spent_cents", WHOLE, nullable=False, server_default="0"))
    op.execute(
        "UPDATE works SET spent_cents = COALESCE((SELECT SUM(cents) FROM payments "
        "WHERE payments.idea = works.idea AND payments.round = works.round), 0)"
    )
    drop_with_rules("milestones")
    drop_with_rules("payments")
