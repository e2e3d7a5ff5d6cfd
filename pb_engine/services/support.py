"""Support for ideas: for, against or no opinion; it is counted, and never decides by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.conversation import Stance
from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, WrongPhase
from pb_engine.sealing import keyed_id, new_nonce, new_secret
from pb_engine.services import keys
from pb_engine.store.site import StoredRound
from pb_engine.units import IdeaId, RoundId

__all__ = ["Stance", "Support", "give_support", "new_device", "support_of"]

_OPEN_STATES = (IdeaState.SUBMITTED, IdeaState.ADAPT, IdeaState.FEASIBLE)


@dataclass(frozen=True, slots=True)
class Support:
    """How an idea is supported.

    :ivar minimum: how many the round asks for; 0 asks for none.
    :ivar mine: what this device said before.
    :ivar open: whether somebody may still say something.
    """

    minimum: int
    counts: Mapping[Stance, int]
    mine: Stance | None
    open: bool

    @property
    def for_it(self) -> int:
        """How many are for it."""
        return self.counts[Stance.FOR]


def new_device() -> str:
    """Return a name for a device; it says nothing about whose it is."""
    return new_nonce()


def support_of(
    engine: Engine, slug: str, idea_id: str, device: str | None = None
) -> Support | None:
    """Return how an idea is supported; ``None`` where the round does not ask.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        talk = stored.round.conversation
        if talk is None or talk.support_minimum is None:
            return None
        mine = work.supports.of(idea.id, _supporter(engine, idea, device)) if device else None
        counts = work.supports.counts(idea.id)
    return Support(talk.support_minimum, counts, mine, _is_open(stored, idea))


def give_support(engine: Engine, slug: str, idea_id: str, stance: str, device: str) -> None:
    """Keep what a device says of an idea; a later stance replaces an earlier one.

    :raises WrongPhase: the round does not ask, or voting opened, or the idea is decided.
    :raises InvalidIdea: this is no stance.
    """
    if stance not in {str(one) for one in Stance}:
        raise InvalidIdea(
            "choose for, against or no opinion",
            field="stance",
            problem="unknown",
            all="stance:unknown",
        )
    with engine.stores.site.write() as work:
        stored = work.rounds.get(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        talk = stored.round.conversation
        if talk is None or talk.support_minimum is None or not _is_open(stored, idea):
            raise WrongPhase("ideas are not supported now", phase=stored.phase, wanted="support")
        work.supports.put(idea.id, _supporter(engine, idea, device), Stance(stance))
        work.commit()


def _is_open(stored: StoredRound, idea: Idea) -> bool:
    return stored.phase in {Phase.IDEAS, Phase.REVIEW} and idea.state in _OPEN_STATES


def _supporter(engine: Engine, idea: Idea, device: str) -> str:
    # With the idea in it, so that nobody sees which ideas one device supports.
    key = engine.keyring.get_or_create(keys.talk(), new_secret)
    return keyed_id(key, "supporter", idea.id, device)
