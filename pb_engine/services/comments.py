"""Comments under an idea: written by residents, under public rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain import conversation
from pb_engine.domain.conversation import (
    HOUSE_RULES,
    LONGEST_COMMENT,
    LONGEST_NAME,
    CommentState,
    Moderation,
    reply_due,
)
from pb_engine.domain.ideas import tidy
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, WrongPhase
from pb_engine.sealing import new_nonce
from pb_engine.store.site import Comment, StoredRound
from pb_engine.units import IdeaId, RoundId

__all__ = ["AT_ONCE", "HOUSE_RULES", "Comment", "NewComment", "Talk", "talk_of", "write_comment"]

AT_ONCE = 50
"""Comments on one page."""
_OPEN_PHASES = {Phase.IDEAS, Phase.REVIEW, Phase.VOTING}


@dataclass(frozen=True, slots=True)
class NewComment:
    """What somebody writes; the name need not be real.

    :ivar question: the municipality should answer.
    """

    name: str
    body: str
    question: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """The comments under an idea.

    :ivar comments: of this page, the oldest first; of one that is hidden only the rule is shown.
    :ivar replies: official answers by the comment that they answer.
    :ivar number: comments on all pages.
    :ivar open: whether somebody may write now.
    :ivar read_first: whether a comment is read by an official before it is shown.
    """

    comments: tuple[Comment, ...]
    replies: Mapping[str, tuple[Comment, ...]]
    number: int
    open: bool
    read_first: bool
    reply_days: int


def talk_of(engine: Engine, slug: str, idea_id: str, page: int = 1) -> Talk | None:
    """Return the comments under an idea; ``None`` where the round takes none.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        rules = stored.round.conversation
        if rules is None or rules.comments is Moderation.OFF:
            return None
        found = work.comments.of_idea(idea.id, limit=AT_ONCE, skip=(page - 1) * AT_ONCE)
        answers = work.comments.answers(tuple(one.id for one in found))
        number = work.comments.number(idea.id)
    return Talk(
        comments=found,
        replies={one.id: tuple(a for a in answers if a.answers == one.id) for one in found},
        number=number,
        open=_takes_comments(stored),
        read_first=rules.comments is Moderation.BEFORE,
        reply_days=rules.reply_days,
    )


def write_comment(engine: Engine, slug: str, idea_id: str, new: NewComment) -> Comment:
    """Keep a comment; it waits until somebody has read it where the round says so.

    The clock of a question runs from now on, also while nobody has read it.

    :raises WrongPhase: this round takes no comments now.
    :raises InvalidIdea: naming every mistake; nothing was stored.
    """
    name, body = " ".join(tidy(new.name).split()), tidy(new.body)
    check_texts(
        name=(name, 1, LONGEST_NAME), body=(body, conversation.SHORTEST_TEXT, LONGEST_COMMENT)
    )
    with engine.stores.site.write() as work:
        stored = work.rounds.get(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        rules = stored.round.conversation
        if rules is None or not _takes_comments(stored):
            raise WrongPhase("no comments are taken now", phase=stored.phase, wanted="comments")
        first = rules.comments is Moderation.BEFORE
        comment = Comment(
            id=new_nonce(),
            idea=idea.id,
            name=name,
            body=body,
            state=CommentState.WAITING if first else CommentState.SHOWN,
            written_at=engine.clock(),
            reply_due=reply_due(engine.today(), rules.reply_days) if new.question else None,
        )
        work.comments.add(comment)
        work.commit()
    return comment


def check_texts(**texts: tuple[str, int, int]) -> None:
    """Refuse texts that are too short or too long: each with its fewest and most characters.

    :raises InvalidIdea: naming every mistake, as ``check_draft`` does.
    """
    mistakes = [
        f"{field}:too_short:{fewest}" if len(text) < fewest else f"{field}:too_long:{most}"
        for field, (text, fewest, most) in texts.items()
        if not fewest <= len(text) <= most
    ]
    if mistakes:
        field, problem, limit = mistakes[0].split(":")
        raise InvalidIdea(
            f"{field}: {problem} (limit {limit})",
            field=field,
            problem=problem,
            limit=int(limit),
            all=" ".join(mistakes),
        )


def _takes_comments(stored: StoredRound) -> bool:
    rules = stored.round.conversation
    wanted = rules is not None and rules.comments is not Moderation.OFF
    return wanted and stored.phase in _OPEN_PHASES
