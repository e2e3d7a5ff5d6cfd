"""Moderation at the desk: what waits to be read, what is due for an answer, and who hid what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pb_engine.domain.conversation import (
    HOUSE_RULES,
    LONGEST_ANSWER,
    SHORTEST_TEXT,
    CommentState,
)
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, tidy
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.sealing import new_nonce
from pb_engine.services.comments import check_texts
from pb_engine.store.site import Comment
from pb_engine.units import IdeaId, RoundId

__all__ = ["HOUSE_RULES", "Moderating", "answer_question", "judge_comment", "moderating"]

MOST = 200


@dataclass(frozen=True, slots=True)
class Moderating:
    """What an official sees of the conversation of a round.

    :ivar waiting: nobody has read these yet, the oldest first.
    :ivar questions: without an answer, the one that is due first on top.
    :ivar newest: shown and hidden ones, the newest first.
    """

    round: Round
    today: date
    waiting: tuple[Comment, ...]
    questions: tuple[Comment, ...]
    newest: tuple[Comment, ...]
    ideas: Mapping[IdeaId, Idea]

    @property
    def late(self) -> int:
        """How many answers are late, of the questions that are listed."""
        return sum(map(self.overdue, self.questions))

    def overdue(self, comment: Comment) -> bool:
        """Tell whether the answer to a question is late."""
        return comment.reply_due is not None and comment.reply_due < self.today


def moderating(engine: Engine, slug: str) -> Moderating:
    """Return what there is to moderate and to answer in a round, at most 200 of each kind.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        return Moderating(
            round=stored.round,
            today=engine.today(),
            waiting=work.comments.waiting(RoundId(slug), limit=MOST),
            questions=work.comments.questions(RoundId(slug), limit=MOST),
            newest=work.comments.newest(RoundId(slug), limit=MOST),
            ideas={idea.id: idea for idea in work.ideas.all(RoundId(slug))},
        )


def judge_comment(engine: Engine, slug: str, comment_id: str, rule: str | None, by: str) -> Comment:
    """Show a comment, or hide it for a public rule; both stand in the log, with the rule.

    :param rule: one of ``HOUSE_RULES`` to hide it; ``None`` shows it.
    :raises NotReady: there is no such rule.
    :raises UnknownIdea: this round has no such comment.
    """
    if rule is not None and rule not in HOUSE_RULES:
        raise NotReady("a comment is hidden for a public rule only", problem="house_rule")
    state = CommentState.HIDDEN if rule else CommentState.SHOWN
    with engine.stores.site.write() as work:
        comment = work.comments.get(RoundId(slug), comment_id)
        if comment.official and rule:
            raise NotReady("an answer of the municipality stays", problem="official_stays")
        work.comments.judge(comment.id, state, rule or "")
        facts = {
            "comment": comment.id,
            "decision": str(state),
            "idea": comment.idea,
            "rule": rule or "",
        }
        work.log.append(Event("comment_judged", RoundId(slug), by, facts), engine.clock())
        work.commit()
    return replace(comment, state=state, reason=rule or "")


def answer_question(engine: Engine, slug: str, comment_id: str, text: str, by: str) -> Comment:
    """Answer a comment for the municipality; followers hear of it, and the clock stops.

    :raises InvalidIdea: the answer is too short or too long.
    :raises NotReady: the comment is not shown, so nobody would understand the answer.
    :raises UnknownIdea: this round has no such comment.
    """
    body = tidy(text)
    check_texts(body=(body, SHORTEST_TEXT, LONGEST_ANSWER))
    with engine.stores.site.write() as work:
        asked = work.comments.get(RoundId(slug), comment_id)
        if asked.state is not CommentState.SHOWN or asked.answers:
            raise NotReady("only what is shown can be answered", problem="not_shown")
        answer = Comment(
            id=new_nonce(),
            idea=asked.idea,
            name=work.rounds.get(RoundId(slug)).round.contact.name,
            body=body,
            state=CommentState.SHOWN,
            written_at=engine.clock(),
            answers=asked.id,
            official=True,
        )
        work.comments.add(answer)
        facts = {"comment": asked.id, "idea": asked.idea}
        work.log.append(Event("question_answered", RoundId(slug), by, facts), engine.clock())
        work.commit()
    return answer
