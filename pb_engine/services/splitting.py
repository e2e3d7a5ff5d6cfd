"""Splitting an idea into two, with the consent of its submitters."""

from __future__ import annotations

import dataclasses
import secrets

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.splits import Part
from pb_engine.engine import Engine
from pb_engine.services.assessing import require_impartial, require_review
from pb_engine.services.linking import drop_links
from pb_engine.services.split_consents import agreed_split, require_splittable
from pb_engine.store.site import SiteWork
from pb_engine.units import Cents, IdeaId, RoundId


def split_idea(engine: Engine, slug: str, idea_id: str, seen_version: int, by: str) -> Idea:
    """Turn an idea into the two parts that were proposed; return the second, a new idea.

    Both keep all submitters and the code; both are judged from the beginning.

    :raises NotReady: nothing is proposed, or a submitter has not agreed.
    :raises WrongPhase: voting has opened.
    :raises WrongIdeaState: the idea has been decided.
    :raises NotAllowed: the official submitted it or has an interest in it.
    :raises ConcurrentEdit: somebody changed the idea since ``seen_version``.
    """
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        require_impartial(work, idea, by)
        require_splittable(idea)
        first, second = agreed_split(work, idea).parts
        work.ideas.save(_part(idea, first), seen_version)
        new = _second(work, idea, second)
        work.ideas.add(new, work.ideas.manage_tag(idea.round, idea.id))
        work.assessments.forget(idea.id)
        work.consents.drop_proposal(idea.id)
        facts = {"idea": idea.id, "into": new.id}
        work.log.append(Event("idea_split", idea.round, by, facts), engine.clock())
        drop_links(engine, work, idea, by, "split")
        work.commit()
    return new


def _second(work: SiteWork, idea: Idea, part: Part) -> Idea:
    number = work.ideas.next_number(idea.round)
    return dataclasses.replace(
        _part(idea, part),
        id=IdeaId(f"i{number}-{secrets.token_hex(3)}"),
        number=number,
        version=1,
        taken_from=None,
        split_from=idea.id,
    )


def _part(idea: Idea, part: Part) -> Idea:
    return dataclasses.replace(
        idea,
        title=part.title,
        description=part.description,
        cost_cents=Cents(part.cost_cents or 0),
        cost_lines=(),
        state=IdeaState.SUBMITTED,
        review=None,
    )
