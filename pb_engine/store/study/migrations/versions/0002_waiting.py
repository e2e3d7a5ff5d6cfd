"""Answers wait for others before they get a day, and their giver can find them again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "study_0002"
down_revision = "study_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("sid", sa.Text(), nullable=True))
    op.create_index(op.f("ix_answers_sid"), "answers", ["sid"], unique=False)
    op.create_table(
        "waiting_answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_answers")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_waiting_answers_sid"), "waiting_answers", ["sid"], unique=False)
    op.create_index(
        op.f("ix_waiting_answers_round_survey"),
        "waiting_answers",
        ["round", "survey"],
        unique=False,
    )


def downgrade() -> None:
    drop_with_rules("waiting_answers")
    op.drop_index(op.f("ix_answers_sid"), "answers")
    with op.batch_alter_table("answers") as answers:
        answers.drop_column("sid")
