"""The answer of a body to which an idea was passed on."""

from __future__ import annotations

import dataclasses

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaState, tidy
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidReview, WrongIdeaState
from pb_engine.services.assessing import require_review
from pb_engine.units import IdeaId, RoundId

LONGEST_REPLY = 2000
SHORTEST_REPLY = 10


def register_reply(
    engine: Engine, slug: str, idea_id: str, reply: str, seen_version: int, by: str
) -> Idea:
    """Keep what a body answered; residents read it, and the idea waits for the commission again.

    :raises InvalidReview: the answer is too short or too long.
    :raises WrongPhase: ideas are judged until voting opens.
    :raises WrongIdeaState: the idea is not passed on, or has its answer.
    :raises ConcurrentEdit: somebody changed the idea since ``seen_version``.
    """
    text = tidy(reply)
    if not SHORTEST_REPLY <= len(text) <= LONGEST_REPLY:
        raise InvalidReview(
            "write down what the body answered",
            problem="reply",
            least=SHORTEST_REPLY,
            limit=LONGEST_REPLY,
        )
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        idea = work.ideas.get(stored.round.slug, IdeaId(idea_id))
        review = idea.review
        # Before the state: who comes second must not read that nobody waits for an answer.
        if idea.version != seen_version:
            raise ConcurrentEdit("this idea was changed meanwhile", idea=idea.id)
        if idea.state is not IdeaState.REFERRED or review is None or review.replied_on:
            raise WrongIdeaState("this idea waits for no answer", problem="no_reply")
        told = dataclasses.replace(review, reply=text, replied_on=engine.today(), replied_by=by)
        saved = work.ideas.save(dataclasses.replace(idea, review=told), seen_version)
        facts = {"idea": idea.id, "body": review.referred_to or ""}
        work.log.append(Event("referral_answered", idea.round, by, facts), engine.clock())
        work.commit()
    return saved
