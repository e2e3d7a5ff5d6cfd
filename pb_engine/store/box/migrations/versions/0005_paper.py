"""Stacks of paper ballots, read twice, and which ballots in the box came on paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.store.triggers import drop_with_rules, insert_needs, one_way, only_grows

revision = "box_0005"
down_revision = "box_0004"
branch_labels = None
depends_on = None
# Only new tables: nothing of a ballot box that is open changes.
safe_while_open = True

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}
STACK = ("round", "stack")
FINAL = "OLD.stage = 'reading' AND NEW.round = OLD.round AND NEW.stack = OLD.stack"


def upgrade() -> None:
    _stacks()
    _hands()
    _sheets()
    _marks()
    op.create_table(
        "paper_ballots",
        _text("round"),
        _text("pseudonym"),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_paper_ballots_round")),
        sa.PrimaryKeyConstraint("round", "pseudonym", name=op.f("pk_paper_ballots")),
        **STRICT,
    )
    one_way("paper_stacks", STACK, FINAL, "a batch of paper that is final stays as it is")
    insert_needs(
        "paper_stacks",
        "1 FROM boxes WHERE boxes.round = NEW.round AND boxes.open = 1",
        "the ballot box is closed",
    )
    only_grows("paper_ballots", ("round", "pseudonym"), "a ballot on paper stays one")


def downgrade() -> None:
    drop_with_rules("paper_ballots")
    for table in ("paper_checks", "paper_marks", "paper_sheets", "paper_hands"):
        op.drop_table(table)
    drop_with_rules("paper_stacks")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE, autoincrement=False, nullable=False)


def _stacks() -> None:
    op.create_table(
        "paper_stacks",
        _text("round"),
        _whole("stack"),
        sa.Column("stated", WHOLE, nullable=False),
        _text("stage"),
        _text("leaver"),
        _text("totals"),
        sa.CheckConstraint("stack >= 1", name=op.f("ck_paper_stacks_stack")),
        sa.CheckConstraint("stated >= 1", name=op.f("ck_paper_stacks_stated")),
        sa.CheckConstraint(
            "stage IN ('reading', 'accepted', 'left_out')", name=op.f("ck_paper_stacks_stage")
        ),
        sa.ForeignKeyConstraint(["round"], ["boxes.round"], name=op.f("fk_paper_stacks_round")),
        sa.PrimaryKeyConstraint(*STACK, name=op.f("pk_paper_stacks")),
        **STRICT,
    )


def _hands() -> None:
    op.create_table(
        "paper_hands",
        _text("round"),
        _whole("stack"),
        _whole("hand"),
        _text("clerk"),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.CheckConstraint("hand IN (1, 2, 3)", name=op.f("ck_paper_hands_hand")),
        sa.CheckConstraint("finished IN (0, 1)", name=op.f("ck_paper_hands_finished")),
        sa.ForeignKeyConstraint(
            STACK,
            ["paper_stacks.round", "paper_stacks.stack"],
            name=op.f("fk_paper_hands_round_stack"),
        ),
        sa.PrimaryKeyConstraint(*STACK, "hand", name=op.f("pk_paper_hands")),
        sa.UniqueConstraint(*STACK, "clerk", name=op.f("uq_paper_hands_round_stack_clerk")),
        **STRICT,
    )


def _sheets() -> None:
    op.create_table(
        "paper_sheets",
        _text("round"),
        _whole("stack"),
        _whole("hand"),
        _whole("sheet"),
        _text("mark"),
        _text("defect"),
        _text("remark"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("sheet >= 1", name=op.f("ck_paper_sheets_sheet")),
        sa.ForeignKeyConstraint(
            [*STACK, "hand"],
            ["paper_hands.round", "paper_hands.stack", "paper_hands.hand"],
            name=op.f("fk_paper_sheets_round_stack_hand"),
        ),
        sa.PrimaryKeyConstraint(*STACK, "hand", "sheet", name=op.f("pk_paper_sheets")),
        **STRICT,
    )


def _marks() -> None:
    op.create_table(
        "paper_marks",
        _text("round"),
        _whole("stack"),
        _whole("sheet"),
        _text("mark"),
        sa.ForeignKeyConstraint(
            STACK,
            ["paper_stacks.round", "paper_stacks.stack"],
            name=op.f("fk_paper_marks_round_stack"),
        ),
        sa.PrimaryKeyConstraint(*STACK, "sheet", name=op.f("pk_paper_marks")),
        **STRICT,
    )
    op.create_table(
        "paper_checks",
        _text("round"),
        _whole("stack"),
        _whole("sheet"),
        _whole("hand"),
        _text("clerk"),
        _text("mark"),
        sa.CheckConstraint("hand IN (1, 2)", name=op.f("ck_paper_checks_hand")),
        sa.ForeignKeyConstraint(
            [*STACK, "sheet"],
            ["paper_marks.round", "paper_marks.stack", "paper_marks.sheet"],
            name=op.f("fk_paper_checks_round_stack_sheet"),
        ),
        sa.PrimaryKeyConstraint(*STACK, "sheet", "hand", name=op.f("pk_paper_checks")),
        sa.UniqueConstraint(
            *STACK, "sheet", "clerk", name=op.f("uq_paper_checks_round_stack_sheet_clerk")
        ),
        **STRICT,
    )
