"""A voter register with residents, batches of codes, and changes that two people agree on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules

revision = "register_0002"
down_revision = "register_0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FEW = "state IN ('created', 'void', 'replaced', 'test')"
MANY = "state IN ('created', 'exported', 'sent', 'returned', 'used', 'void', 'replaced', 'test')"


def upgrade() -> None:
    if _on_postgresql():
        op.add_column("entitlements", sa.Column("second", sa.Text(), nullable=True))
        op.add_column("entitlements", sa.Column("seal", sa.Text(), nullable=True))
        _states_of_codes(MANY)
    else:
        _anew(MANY, sa.Column("second", sa.Text()), sa.Column("seal", sa.Text()))
    _batches()
    _codes_that_were_given_out()
    _rolls()
    _residents()
    _amendments()
    _spent()
    _proxies()


def downgrade() -> None:
    drop_with_rules("proxies", "spent", "amendments", "residents", "rolls", "batches")
    op.execute("UPDATE codes SET state = 'created' WHERE state IN ('exported', 'sent', 'used')")
    op.execute("UPDATE codes SET state = 'void' WHERE state = 'returned'")
    if _on_postgresql():
        _states_of_codes(FEW)
        op.drop_column("entitlements", "seal")
        op.drop_column("entitlements", "second")
    else:
        _anew(FEW)


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _states_of_codes(states: str) -> None:
    name = op.f("ck_codes_state")
    op.drop_constraint(name, "codes", type_="check")
    op.create_check_constraint(name, "codes", states)


def _anew(states: str, *more: sa.Column[str]) -> None:
    """Make both tables anew and move the rows; SQLite cannot change a rule of a table."""
    op.drop_index(op.f("ix_codes_round_entitlement"), "codes")
    op.rename_table("codes", "codes_before")
    op.rename_table("entitlements", "entitlements_before")
    _entitlements(*more)
    _codes(states)
    kept = "round, id, style, area, channel"
    rows = f"SELECT {kept} FROM entitlements_before"  # noqa: S608 - names of this file
    op.execute(f"INSERT INTO entitlements ({kept}) {rows}")
    op.execute("INSERT INTO codes SELECT round, tag, entitlement, batch, state FROM codes_before")
    op.drop_table("codes_before")
    op.drop_table("entitlements_before")


def _entitlements(*more: sa.Column[str]) -> None:
    op.create_table(
        "entitlements",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        *more,
        sa.CheckConstraint(
            "channel IN ('none', 'digital', 'paper', 'void')", name=op.f("ck_entitlements_channel")
        ),
        sa.PrimaryKeyConstraint("round", "id", name=op.f("pk_entitlements")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _codes(states: str) -> None:
    op.create_table(
        "codes",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("entitlement", sa.Text(), nullable=False),
        sa.Column("batch", WHOLE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(states, name=op.f("ck_codes_state")),
        sa.ForeignKeyConstraint(
            ["round", "entitlement"],
            ["entitlements.round", "entitlements.id"],
            name=op.f("fk_codes_round_entitlement"),
        ),
        sa.PrimaryKeyConstraint("round", "tag", name=op.f("pk_codes")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_codes_round_entitlement"), "codes", ["round", "entitlement"])


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("batch", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("made", WHOLE, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('letter', 'desk', 'school', 'test')", name=op.f("ck_batches_kind")
        ),
        sa.CheckConstraint(
            "state IN ('created', 'exported', 'sent', 'returned', 'void')",
            name=op.f("ck_batches_state"),
        ),
        sa.PrimaryKeyConstraint("round", "batch", name=op.f("pk_batches")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _codes_that_were_given_out() -> None:
    """Until now a code was given out as it was made."""
    op.execute("UPDATE codes SET state = 'exported' WHERE state = 'created'")
    op.execute(
        "INSERT INTO batches (round, batch, kind, state, area, made, by) "
        "SELECT round, batch, 'letter', 'exported', NULL, count(*), 'unknown' "
        "FROM codes GROUP BY round, batch"
    )


def _rolls() -> None:
    op.create_table(
        "rolls",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("residents", WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_rolls")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _residents() -> None:
    op.create_table(
        "residents",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("entitlement", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sought", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("house", WHOLE, nullable=False),
        sa.Column("addition", sa.Text(), nullable=False),
        sa.Column("birth_year", WHOLE, nullable=True),
        sa.Column("age_band", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("secret", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("secret IN (0, 1)", name=op.f("ck_residents_secret")),
        sa.CheckConstraint(
            "state IN ('active', 'moved', 'removed')", name=op.f("ck_residents_state")
        ),
        sa.ForeignKeyConstraint(
            ["round", "entitlement"],
            ["entitlements.round", "entitlements.id"],
            name=op.f("fk_residents_round_entitlement"),
        ),
        sa.UniqueConstraint("round", "entitlement", name=op.f("uq_residents_round_entitlement")),
        sa.UniqueConstraint("round", "person", name=op.f("uq_residents_round_person")),
        sa.PrimaryKeyConstraint("round", "id", name=op.f("pk_residents")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for columns in (["round", "postcode", "house"], ["round", "sought"], ["round", "email"]):
        op.create_index(op.f(f"ix_residents_{'_'.join(columns)}"), "residents", columns)


def _amendments() -> None:
    op.create_table(
        "amendments",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("amendment", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'refused')", name=op.f("ck_amendments_state")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by",
            name=op.f("ck_amendments_two_people"),
        ),
        sa.PrimaryKeyConstraint("round", "amendment", name=op.f("pk_amendments")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _spent() -> None:
    op.create_table(
        "spent",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("round", "tag", name=op.f("pk_spent")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _proxies() -> None:
    op.create_table(
        "proxies",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.CheckConstraint("giver <> holder", name=op.f("ck_proxies_two_people")),
        sa.ForeignKeyConstraint(
            ["round", "giver"],
            ["entitlements.round", "entitlements.id"],
            name=op.f("fk_proxies_round_giver"),
        ),
        sa.ForeignKeyConstraint(
            ["round", "holder"],
            ["entitlements.round", "entitlements.id"],
            name=op.f("fk_proxies_round_holder"),
        ),
        sa.PrimaryKeyConstraint("round", "giver", name=op.f("pk_proxies")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_proxies_round_holder"), "proxies", ["round", "holder"])
