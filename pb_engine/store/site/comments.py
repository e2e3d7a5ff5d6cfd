"""What residents write under ideas, and what the municipality answers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select, update

from pb_engine.domain.conversation import CommentState
from pb_engine.errors import UnknownIdea
from pb_engine.store.site.front_tables import COMMENTS
from pb_engine.store.site.tables import IDEAS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import IdeaId, RoundId

_C = COMMENTS.c


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, a question to the municipality, or its answer.

    :ivar answers: the comment that this one answers.
    :ivar reason: the public rule that hides it.
    :ivar official: the municipality wrote it.
    :ivar reply_due: the last day for an answer, where it is a question.
    """

    id: str
    idea: IdeaId
    name: str
    body: str
    state: CommentState
    written_at: datetime
    answers: str | None = None
    reason: str = ""
    official: bool = False
    reply_due: date | None = None


class Comments:
    """The comments on the ideas of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, comment: Comment) -> None:
        """Add a comment."""
        row = {field.name: getattr(comment, field.name) for field in fields(Comment)}
        self._unit.add(COMMENTS, {**row, "state": str(comment.state)})

    def get(self, slug: RoundId, comment: str) -> Comment:
        """Return a comment on an idea of a round.

        :raises UnknownIdea: this round has no such comment.
        """
        found = self._where((IDEAS.c.round == slug) & (_C.id == comment))
        if not found:
            raise UnknownIdea(f"this round has no comment {comment[:64]!r}", problem="comment")
        return found[0]

    def of_idea(self, idea: IdeaId, *, limit: int, skip: int = 0) -> tuple[Comment, ...]:
        """Return comments that are no answers, the oldest first, without those that wait."""
        return self._where(self._seen(idea), limit=limit, skip=skip)

    def number(self, idea: IdeaId) -> int:
        """Return how many ``of_idea`` would list."""
        return self._unit.number(select(func.count()).select_from(COMMENTS).where(self._seen(idea)))

    def answers(self, comments: tuple[str, ...]) -> tuple[Comment, ...]:
        """Return the answers to comments, the oldest first."""
        return self._where(_C.answers.in_(comments)) if comments else ()

    def waiting(self, slug: RoundId, *, limit: int) -> tuple[Comment, ...]:
        """Return the comments of a round that nobody has read yet, the oldest first."""
        mine = (IDEAS.c.round == slug) & (_C.state == CommentState.WAITING)
        return self._where(mine, limit=limit)

    def questions(self, slug: RoundId, *, limit: int) -> tuple[Comment, ...]:
        """Return questions of a round without an answer, the one that is due first on top."""
        reply = COMMENTS.alias()
        answered = exists().where(reply.c.answers == _C.id)
        mine = (IDEAS.c.round == slug) & _C.reply_due.is_not(None) & ~answered
        mine = mine & (_C.state != CommentState.HIDDEN)
        return self._where(mine, limit=limit, first=_C.reply_due)

    def newest(self, slug: RoundId, *, limit: int) -> tuple[Comment, ...]:
        """Return the newest comments of a round that were judged or shown at once."""
        mine = (IDEAS.c.round == slug) & (_C.state != CommentState.WAITING)
        return self._where(mine & _C.answers.is_(None), limit=limit, first=_C.written_at.desc())

    def judge(self, comment: str, state: CommentState, reason: str) -> None:
        """Show or hide a comment."""
        change = update(COMMENTS).where(_C.id == comment)
        self._unit.change(change.values(state=str(state), reason=reason))

    @staticmethod
    def _seen(idea: IdeaId) -> ColumnElement[bool]:
        return (_C.idea == idea) & _C.answers.is_(None) & (_C.state != CommentState.WAITING)

    def _where(
        self,
        those: ColumnElement[bool],
        *,
        limit: int = 1000,
        skip: int = 0,
        first: ColumnElement[object] = _C.written_at,
    ) -> tuple[Comment, ...]:
        query = select(COMMENTS).join(IDEAS, IDEAS.c.id == _C.idea).where(those)
        ordered = query.order_by(first, _C.id).limit(limit).offset(skip)
        return tuple(map(_comment, self._unit.rows(ordered)))


def _comment(row: Line) -> Comment:
    plain = {field.name: getattr(row, field.name) for field in fields(Comment)}
    return Comment(**{**plain, "state": CommentState(row.state)})
