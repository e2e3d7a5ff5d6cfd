"""What holds for everything that is done to voting codes."""

from __future__ import annotations

from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady, WrongPhase
from pb_engine.store.register import CodeState
from pb_engine.units import RoundId

LIVE = (CodeState.EXPORTED, CodeState.SENT, CodeState.USED)
"""The states in which a code opens a door."""
CHECK_OF_SCHOOLS = "school_batch"
"""The identity check that takes the codes of school classes."""

_SHORTEST_REASON = 5
_LATE = {Phase.CLOSED, Phase.OPENED, Phase.COUNTED, Phase.EXPLAINED, Phase.PUBLISHED}


def require_reason(reason: str) -> str:
    """Return a reason without spaces around it.

    :raises NotReady: it is missing.
    """
    if len(reason.strip()) < _SHORTEST_REASON:
        raise NotReady("say in a few words why", problem="reason")
    return reason.strip()


def require_before_close(engine: Engine, slug: str) -> Round:
    """Return a round in which codes still mean something.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: voting is over.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
    if stored.phase in _LATE or stored.phase is Phase.CANCELLED:
        raise WrongPhase(f"round {slug} is {stored.phase}; no codes any more", phase=stored.phase)
    return stored.round


def require_voting(engine: Engine, slug: str) -> None:
    """Refuse unless voting is open.

    :raises WrongPhase: it is not.
    """
    with engine.stores.site.read() as work:
        phase = work.rounds.get(RoundId(slug)).phase
    if phase is not Phase.VOTING:
        raise WrongPhase("voting is not open in this round", phase=phase, wanted="voting")
