"""Codes carry a seal, so that one that somebody points at another voting right is noticed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "register_0003"
down_revision = "register_0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "state IN ('created', 'exported', 'sent', 'returned', 'used', 'void', 'replaced', 'test')"


def upgrade() -> None:
    if _on_postgresql():
        op.add_column("codes", sa.Column("seal", sa.Text(), nullable=True))
    else:
        _anew(sa.Column("seal", sa.Text(), nullable=True))


def downgrade() -> None:
    if _on_postgresql():
        op.drop_column("codes", "seal")
    else:
        _anew()


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _anew(*more: sa.Column[str]) -> None:
    """Make the table anew and move the rows: SQLite adds columns behind the rules of a table."""
    op.drop_index(op.f("ix_codes_round_entitlement"), "codes")
    op.rename_table("codes", "codes_before")
    op.create_table(
        "codes",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("entitlement", sa.Text(), nullable=False),
        sa.Column("batch", WHOLE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *more,
        sa.CheckConstraint(STATES, name=op.f("ck_codes_state")),
        sa.ForeignKeyConstraint(
            ["round", "entitlement"],
            ["entitlements.round", "entitlements.id"],
            name=op.f("fk_codes_round_entitlement"),
        ),
        sa.PrimaryKeyConstraint("round", "tag", name=op.f("pk_codes")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    kept = "round, tag, entitlement, batch, state"
    op.execute(f"INSERT INTO codes ({kept}) SELECT {kept} FROM codes_before")  # noqa: S608 - names of this file
    op.drop_table("codes_before")
    op.create_index(op.f("ix_codes_round_entitlement"), "codes", ["round", "entitlement"])
