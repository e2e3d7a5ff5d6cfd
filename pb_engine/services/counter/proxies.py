"""Voting for somebody else as well: only where the round allows it, written down, and capped."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import NotAllowed, NotReady
from pb_engine.services.code_rules import require_reason, require_voting
from pb_engine.services.counter.rights import require_unused, right_of
from pb_engine.services.events import write_down
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Proxy:
    """How many people somebody votes for as well, and how many more are allowed."""

    held: int
    left: int


def proxies_left(engine: Engine, slug: str, holder: str) -> Proxy:
    """Return how many proxies somebody holds and may still take.

    :raises UnknownCode: the register has no such resident.
    :raises NotEligible: this resident has no voting right.
    """
    most = _most(engine, slug)
    with engine.stores.register.read() as work:
        right = right_of(engine, work, slug, holder)
        held = len(work.proxies.held_by(RoundId(slug), right.id))
    return Proxy(held, max(most - held, 0))


def give_proxy(engine: Engine, slug: str, giver: str, holder: str, reason: str, by: str) -> None:
    """Write down that ``holder`` votes for ``giver`` as well, who gave that in writing.

    The voting right of the giver stays the giver's: it is used once, by whoever comes first.

    :raises NotAllowed: this round has no proxies, or the holder has as many as it allows.
    :raises NotReady: somebody votes for the giver already, or both are one person.
    :raises CodeUsed: the giver voted already.
    """
    require_reason(reason)
    require_voting(engine, slug)
    most, round_id = _most(engine, slug), RoundId(slug)
    if most == 0:
        raise NotAllowed("this round has no proxies", problem="proxies")
    with engine.stores.register.write() as work:
        giving = right_of(engine, work, slug, giver)
        holding = right_of(engine, work, slug, holder)
        if giving.id == holding.id:
            raise NotReady("nobody votes for themselves as a proxy", problem="same")
        require_unused(giving)
        work.spent.queue(round_id, f"proxies of {holding.id}")
        if len(work.proxies.held_by(round_id, holding.id)) >= most:
            raise NotAllowed(f"at most {most} proxies for one person", problem="cap", limit=most)
        if not work.proxies.add(round_id, giving.id, holding.id):
            raise NotReady("somebody votes for this resident already", problem="given")
        work.commit()
    write_down(engine, Event("proxy_given", round_id, by, {"reason": reason.strip()}))


def _most(engine: Engine, slug: str) -> int:
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).round.counter.proxies
