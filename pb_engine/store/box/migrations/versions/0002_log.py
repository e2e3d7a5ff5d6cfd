"""The log of the box: its key, entries without a gap, signed tree heads, cosignatures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules, insert_needs, only_grows

revision = "box_0002"
down_revision = "box_0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _log_keys()
    _log_entries()
    _tree_heads()
    _cosignatures()
    _rules()


def downgrade() -> None:
    drop_with_rules("cosignatures", "tree_heads", "log_entries", "log_keys")


def _log_keys() -> None:
    op.create_table(
        "log_keys",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_log_keys_round")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_log_keys")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _log_entries() -> None:
    op.create_table(
        "log_entries",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, autoincrement=False, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_log_entries_position")),
        sa.ForeignKeyConstraint(
            ["round", "pseudonym", "number"],
            ["ballots.round", "ballots.pseudonym", "ballots.number"],
            name=op.f("fk_log_entries_round_pseudonym_number"),
        ),
        sa.PrimaryKeyConstraint("round", "position", name=op.f("pk_log_entries")),
        sa.UniqueConstraint("round", "entry", name=op.f("uq_log_entries_round_entry")),
        sa.UniqueConstraint(
            "round", "pseudonym", "number", name=op.f("uq_log_entries_round_pseudonym_number")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_log_entries_round_receipt"), "log_entries", ["round", "receipt"])


def _tree_heads() -> None:
    op.create_table(
        "tree_heads",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_tree_heads_size")),
        sa.ForeignKeyConstraint(["round"], ["log_keys.round"], name=op.f("fk_tree_heads_round")),
        sa.PrimaryKeyConstraint("round", "size", name=op.f("pk_tree_heads")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _cosignatures() -> None:
    op.create_table(
        "cosignatures",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, autoincrement=False, nullable=False),
        sa.Column("witness", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round", "size"],
            ["tree_heads.round", "tree_heads.size"],
            name=op.f("fk_cosignatures_round_size"),
        ),
        sa.PrimaryKeyConstraint("round", "size", "witness", name=op.f("pk_cosignatures")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _rules() -> None:
    only_grows("log_keys", ("round",), "the key of a log never changes")
    only_grows("log_entries", ("round", "position"), "the log of the box only grows")
    only_grows("tree_heads", ("round", "size"), "a signed tree head stays as it is")
    only_grows("cosignatures", ("round", "size", "witness"), "a cosignature stays as it is")
    insert_needs(
        "log_entries",
        "1 FROM log_keys WHERE log_keys.round = NEW.round AND (NEW.position = 0 OR EXISTS "
        "(SELECT 1 FROM log_entries AS before WHERE before.round = NEW.round "
        "AND before.position = NEW.position - 1))",
        "the log of the box has no gaps",
    )
