"""Ballots arrive in an inbox and move to the box many at once, so that no order stays behind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import (
    drop_rules,
    drop_with_rules,
    insert_needs,
    leaves_only_for,
    no_update,
    only_grows,
    skip_those_in,
)

revision = "box_0003"
down_revision = "box_0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEYS = ("round", "pseudonym", "number")
STAYS = "a ballot in the box stays as it is"
OPEN = "1 FROM boxes WHERE boxes.round = NEW.round AND boxes.open = 1"
CLOSED = "the ballot box is closed"


def upgrade() -> None:
    _inbox()
    drop_rules("ballots")
    op.execute(
        "INSERT INTO inbox SELECT round, pseudonym, number, style, attempt, sealed FROM ballots "
        "WHERE NOT EXISTS (SELECT 1 FROM log_entries AS logged "
        "WHERE logged.round = ballots.round AND logged.pseudonym = ballots.pseudonym "
        "AND logged.number = ballots.number)"
    )
    op.execute(
        "DELETE FROM ballots WHERE EXISTS (SELECT 1 FROM inbox WHERE inbox.round = ballots.round "
        "AND inbox.pseudonym = ballots.pseudonym AND inbox.number = ballots.number)"
    )
    only_grows("ballots", KEYS, STAYS)
    insert_needs(
        "ballots",
        "1 FROM inbox WHERE inbox.round = NEW.round AND inbox.pseudonym = NEW.pseudonym "
        "AND inbox.number = NEW.number AND inbox.style = NEW.style "
        "AND inbox.attempt = NEW.attempt AND inbox.sealed = NEW.sealed",
        "a ballot gets into the box through the inbox only",
    )
    _rules_of_the_inbox()


def downgrade() -> None:
    drop_rules("ballots")
    op.execute(
        "INSERT INTO ballots SELECT round, pseudonym, number, style, attempt, sealed FROM inbox"
    )
    drop_with_rules("inbox")
    only_grows("ballots", KEYS, STAYS)
    insert_needs("ballots", OPEN, CLOSED)


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_inbox_number")),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_inbox_round")),
        sa.PrimaryKeyConstraint(*KEYS, name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "round", "pseudonym", "attempt", name=op.f("uq_inbox_round_pseudonym_attempt")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _rules_of_the_inbox() -> None:
    no_update("inbox", KEYS, STAYS)
    insert_needs("inbox", OPEN, CLOSED)
    skip_those_in("ballots", "inbox", KEYS)
    leaves_only_for("ballots", "inbox", KEYS, STAYS)
