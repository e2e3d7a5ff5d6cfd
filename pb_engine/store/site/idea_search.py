"""Finding ideas by words: an FTS5 index on SQLite, a GIN index on PostgreSQL.

Both hold the finished words of ``domain.searching``: neither database splits, folds or stems.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Table,
    Text,
    UniqueConstraint,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from pb_engine.domain.ideas import Idea
from pb_engine.domain.searching import beginnings, search_words
from pb_engine.store.columns import Whole
from pb_engine.store.site.tables import METADATA
from pb_engine.store.unit import Line, Unit
from pb_engine.units import IdeaId

# The number is what the index of SQLite points to; any other rowid may change.
IDEA_WORDS = Table(
    "idea_words",
    METADATA,
    Column("number", Whole, primary_key=True),
    Column("idea", Text, ForeignKey("ideas.id"), nullable=False),
    Column("words", Text, nullable=False),
    UniqueConstraint("idea"),
    sqlite_strict=True,
)
INDEX = "idea_words_index"
"""The index: on SQLite a table of FTS5 with some of its own behind it."""


class IdeaSearch:
    """The words of all ideas."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, idea: Idea) -> None:
        """Keep the words of an idea, instead of those that were kept before."""
        words = " ".join(search_words(searched(idea)))
        mine = select(IDEA_WORDS.c.number, IDEA_WORDS.c.words).where(IDEA_WORDS.c.idea == idea.id)
        before = self._unit.row(mine)
        if before is None:
            self._unit.add(IDEA_WORDS, {"idea": idea.id, "words": words})
        else:
            there = update(IDEA_WORDS).where(IDEA_WORDS.c.idea == idea.id)
            self._unit.change(there.values(words=words))
        if self._unit.kind == "sqlite":
            self._index(before, self._unit.row(mine))

    def holding(self, words: Iterable[str], *, all_of_them: bool = True) -> frozenset[IdeaId]:
        """Return the ideas, of all rounds, that hold these words, or one of them.

        A word is also found at the beginning of a longer one and, from three letters on, within
        one.  No words are held by no idea.

        :param words: as ``asked_words`` returns them.
        """
        asked = [beginnings(word) for word in words]
        if not asked:
            return frozenset()
        where = _gin if self._unit.kind == "postgresql" else _fts5
        query = select(IDEA_WORDS.c.idea).where(where(asked, all_of_them))
        return frozenset(row.idea for row in self._unit.rows(query))

    def _index(self, before: Line | None, after: Line | None) -> None:
        # Not by triggers: the schema of a SQLite file is not trusted to write in such an index.
        # FTS5 forgets a row only when it is told what stood there.
        index = table(INDEX, column(INDEX), column("rowid"), column("words"))
        if before is not None:
            gone = {INDEX: "delete", "rowid": before.number, "words": before.words}
            self._unit.change(index.insert().values(gone))
        if after is not None:
            came = {"rowid": after.number, "words": after.words}
            self._unit.change(index.insert().values(came))


def searched(idea: Idea) -> tuple[str, ...]:
    """Return the texts by which an idea is found; never who submitted it."""
    return (idea.title, idea.description, idea.motivation, idea.place, idea.on_behalf_of)


def _fts5(asked: Iterable[tuple[str, ...]], every: bool) -> ColumnElement[bool]:
    clauses = (" OR ".join(f'"{one}"*' for one in parts) for parts in asked)
    question = (" AND " if every else " OR ").join(f"({clause})" for clause in clauses)
    index = table(INDEX, column("rowid"))
    matches = literal_column(INDEX).op("MATCH")(literal(question))
    return IDEA_WORDS.c.number.in_(select(index.c.rowid).where(matches))


def _gin(asked: Iterable[tuple[str, ...]], every: bool) -> ColumnElement[bool]:
    clauses = (" | ".join(f"'{one}':*" for one in parts) for parts in asked)
    question = (" & " if every else " | ").join(f"({clause})" for clause in clauses)
    # Written exactly as in the index, or PostgreSQL would not use it.
    vector = func.array_to_tsvector(func.string_to_array(IDEA_WORDS.c.words, literal_column("' '")))
    return vector.op("@@")(cast(literal(question), TSQUERY))
