"""Arriving at the ballot box with a ticket, which may have been given by another process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, InvalidTicket, WrongPhase
from pb_engine.sealing import read_credential
from pb_engine.services.spending import is_spent, mark_of
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Admitted:
    """A ballot ticket.  It holds a pseudonym and no name."""

    ticket: str
    expires: datetime
    may_change: bool
    voted_before: bool


def is_open(engine: Engine, slug: str) -> bool:
    """Tell whether the box of a round is there and takes ballots in."""
    with engine.stores.box.read() as work:
        state = work.state(RoundId(slug))
    return state is not None and state.open


def arrive(engine: Engine, slug: str, ticket: str) -> Admitted:
    """Check a ticket at the box.

    :raises WrongPhase: the box is not open.
    :raises InvalidTicket: the ticket is expired, forged, of another round, or was used.
    :raises CodeUsed: the voting right was used, and the round allows no change.
    """
    round_id = RoundId(slug)
    with engine.stores.box.read() as work:
        state = work.state(round_id)
        if state is None or not state.open:
            raise WrongPhase("voting is not open in this round", wanted="voting")
        now = int(engine.clock().timestamp())
        vouched = read_credential(ticket, public=state.ticket_key, now=now)
        if vouched.round != slug:
            raise InvalidTicket("this ticket is of another round", problem="round")
        earlier = work.ballots_of(round_id, vouched.pseudonym)
    if earlier and not state.may_change:
        raise CodeUsed("this voting right was used", problem="used")
    if earlier and is_spent(earlier, mark_of(engine, round_id, vouched)):
        raise InvalidTicket("this ticket was used", problem="spent")
    expires = datetime.fromtimestamp(vouched.expires, UTC)
    return Admitted(ticket, expires, state.may_change, voted_before=bool(earlier))
