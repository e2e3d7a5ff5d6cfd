"""Words by which ideas are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pb_engine.domain.searching import search_words
from pb_engine.store.triggers import drop_with_rules

revision = "site_0004"
down_revision = "site_0003"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ("title", "description", "motivation", "place", "on_behalf_of")


def upgrade() -> None:
    op.create_table(
        "idea_words",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.id"], name=op.f("fk_idea_words_idea")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_idea_words")),
        sa.UniqueConstraint("idea", name=op.f("uq_idea_words_idea")),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX idea_words_index ON idea_words "
            "USING gin (array_to_tsvector(string_to_array(words, ' ')))"
        )
    else:
        _fts5()
    _fill()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE idea_words_index")
    drop_with_rules("idea_words")


def _fts5() -> None:
    # The tokenizer "ascii" splits at the spaces between finished words, and at nothing else.
    op.execute(
        "CREATE VIRTUAL TABLE idea_words_index USING fts5(words, content='idea_words', "
        "content_rowid='number', tokenize='ascii', detail='none', columnsize=0)"
    )


def _fill() -> None:
    ideas = sa.table("ideas", sa.column("id"), *map(sa.column, TEXTS))
    words = sa.table("idea_words", sa.column("idea"), sa.column("words"))
    there = op.get_bind()
    for row in there.execute(sa.select(ideas)).all():
        found = " ".join(search_words(getattr(row, name) for name in TEXTS))
        there.execute(words.insert().values(idea=row.id, words=found))
    if there.dialect.name == "sqlite":
        op.execute("INSERT INTO idea_words_index (idea_words_index) VALUES ('rebuild')")
