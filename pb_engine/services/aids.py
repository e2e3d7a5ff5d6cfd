"""Helping an idea along: who of the team helps its submitters, and which place they can use."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from pb_engine.domain.aids import (
    LONGEST_AID_DETAIL,
    LONGEST_AID_NAME,
    MOST_AIDS,
    Aid,
    AidKind,
)
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import IdeaState, tidy
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, NotReady, WrongIdeaState
from pb_engine.units import IdeaId, RoundId

__all__ = ["Aid", "AidKind", "add_aid", "aids_of", "remove_aid"]


def aids_of(engine: Engine, slug: str, idea_id: str) -> tuple[Aid, ...]:
    """Return what helps an idea along: helpers first, then places."""
    with engine.stores.site.read() as work:
        return work.aids.of(RoundId(slug), IdeaId(idea_id))


def add_aid(
    engine: Engine, slug: str, idea_id: str, kind: str, name: str, detail: str, by: str
) -> Aid:
    """Say who helps an idea along, or which place may be used; its page shows that.

    :raises InvalidIdea: naming every field that is not right.
    :raises NotReady: ``problem`` is ``aids_many``.
    :raises WrongIdeaState: the idea was withdrawn.
    :raises UnknownIdea: no idea in this round has this identifier.
    """
    named, told = (" ".join(tidy(one).split()) for one in (name, detail))
    mistakes = list(_mistakes(kind, named, told))
    if mistakes:
        raise InvalidIdea("this cannot be kept", problem="aid", all=" ".join(mistakes))
    with engine.stores.site.write() as work:
        work.rounds.lock(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        if idea.state is IdeaState.WITHDRAWN:
            raise WrongIdeaState("the idea was withdrawn", state=idea.state)
        if len(work.aids.of(idea.round, idea.id)) >= MOST_AIDS:
            raise NotReady("there is much help already", problem="aids_many")
        aid = Aid(secrets.token_hex(8), idea.round, idea.id, AidKind(kind), named, told)
        work.aids.add(aid)
        facts = {"idea": idea.id, "aid": aid.id}
        work.log.append(Event("aid_added", idea.round, by, facts), engine.clock())
        work.commit()
    return aid


def remove_aid(engine: Engine, slug: str, idea_id: str, aid: str, by: str) -> bool:
    """Take a helper or a place from an idea; tell whether it was there."""
    with engine.stores.site.write() as work:
        gone = work.aids.remove(RoundId(slug), IdeaId(idea_id), aid)
        if gone:
            facts = {"idea": idea_id, "aid": aid}
            work.log.append(Event("aid_removed", RoundId(slug), by, facts), engine.clock())
            work.commit()
    return gone


def _mistakes(kind: str, name: str, detail: str) -> Iterator[str]:
    if kind not in set(AidKind):
        yield "kind:unknown"
    for field, text, longest in (
        ("name", name, LONGEST_AID_NAME),
        ("detail", detail, LONGEST_AID_DETAIL),
    ):
        if not text:
            yield f"{field}:empty"
        elif len(text) > longest:
            yield f"{field}:too_long:{longest}"
