"""The first schema of the box store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules, insert_needs, one_way, only_grows

revision = "box_0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _boxes()
    _papers()
    _ballots()
    _openings()
    _rules()


def downgrade() -> None:
    drop_with_rules("openings", "ballots", "papers", "boxes")


def _boxes() -> None:
    op.create_table(
        "boxes",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("suite", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("may_change", sa.Integer(), nullable=False),
        sa.Column("receipt_key", sa.LargeBinary(), nullable=False),
        sa.Column("ticket_key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("open IN (0, 1)", name=op.f("ck_boxes_open")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_boxes")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _papers() -> None:
    op.create_table(
        "papers",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_papers_round")),
        sa.PrimaryKeyConstraint("round", "style", name=op.f("pk_papers")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _ballots() -> None:
    op.create_table(
        "ballots",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_ballots_number")),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_ballots_round")),
        sa.PrimaryKeyConstraint("round", "pseudonym", "number", name=op.f("pk_ballots")),
        sa.UniqueConstraint(
            "round", "pseudonym", "attempt", name=op.f("uq_ballots_round_pseudonym_attempt")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _openings() -> None:
    op.create_table(
        "openings",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_openings_round")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_openings")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _rules() -> None:
    changes_nothing_else = " AND ".join(
        f"NEW.{name} = OLD.{name}"
        for name in (
            "round",
            "suite",
            "public_key",
            "manifest",
            "may_change",
            "receipt_key",
            "ticket_key",
        )
    )
    one_way(
        "boxes",
        ("round",),
        f"OLD.open = 1 AND NEW.open = 0 AND {changes_nothing_else}",
        "a ballot box only closes",
    )
    only_grows("papers", ("round", "style"), "a ballot paper never changes")
    only_grows("ballots", ("round", "pseudonym", "number"), "a ballot in the box stays as it is")
    only_grows("openings", ("round",), "what came out of a box stays as it is")
    insert_needs(
        "ballots",
        "1 FROM boxes WHERE boxes.round = NEW.round AND boxes.open = 1",
        "the ballot box is closed",
    )
    insert_needs(
        "openings",
        "1 FROM boxes WHERE boxes.round = NEW.round AND boxes.open = 0",
        "the ballot box is not closed",
    )
