"""The counter: an officer saw who somebody is, and gives a code for the voting screen beside it.

The code works for a quarter of an hour, once.  The register keeps a keyed hash of the code and of
the minute in which it was given, so that it can be looked up for fifteen minutes and holds no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, CodeVoid, UnknownCode
from pb_engine.sealing import keyed_id, new_desk_code, new_secret, read_desk_code, written_desk_code
from pb_engine.services import keys
from pb_engine.services.code_rules import require_reason, require_voting
from pb_engine.services.events import write_down
from pb_engine.services.rights import require_linked, require_sealed, sealer_of
from pb_engine.store.register import Channel, Code, CodeState, Entitlement
from pb_engine.units import RoundId

MINUTES = 15
DESK_BATCH = 0
"""Codes of the counter belong to no print run."""


@dataclass(frozen=True, slots=True)
class DeskCode:
    """A code for the voting screen at the counter: ``ABCDE-FGHJK``, until ``expires``."""

    code: str
    expires: datetime


def vouch(engine: Engine, slug: str, entitlement: str, by: str, reason: str) -> DeskCode:
    """Give a code for somebody whose identity document an officer saw.

    Nothing of the document is kept.  The event log gets the officer and the reason, and not the
    voting right.

    :param reason: what was seen or why, in a few words, without a name or a number.
    :raises NotReady: the reason is missing.
    :raises WrongPhase: voting is not open.
    :raises UnknownCode: the register has no such voting right.
    :raises CodeUsed: it was used on paper.
    :raises CodeVoid: it was withdrawn.
    """
    told = require_reason(reason)
    require_voting(engine, slug)
    code, now = new_desk_code(), engine.clock()
    tag = _tag(engine, slug, code, _minute(now))
    with engine.stores.register.write() as work:
        right = work.entitlements.get(RoundId(slug), entitlement)
        _require_usable(engine, right)
        made = Code(RoundId(slug), tag, entitlement, DESK_BATCH, CodeState.CREATED)
        work.codes.add_many([sealer_of(engine, slug).code(made)])
        work.commit()
    write_down(engine, Event("desk_vouched", RoundId(slug), by, {"reason": told}))
    return DeskCode(written_desk_code(code), now + timedelta(minutes=MINUTES))


def redeem(engine: Engine, slug: str, typed: str) -> str:
    """Return the voting right behind a code of the counter, and use the code up.

    :raises MistypedCode: it does not look like one.
    :raises UnknownCode: nobody gave it, or more than fifteen minutes ago; or the database
        points it at another voting right than it was given to.
    :raises CodeVoid: it was used before; of two who try at the same time one gets this.
    """
    code, minute = read_desk_code(typed), _minute(engine.clock())
    tags = [_tag(engine, slug, code, minute - ago) for ago in range(MINUTES + 1)]
    with engine.stores.register.write() as work:
        found = [one for tag in tags if (one := work.codes.find(RoundId(slug), tag))]
        if not found or found[0].batch != DESK_BATCH:
            raise UnknownCode("the counter gave no such code in the last quarter of an hour")
        require_linked(engine, found[0])
        first = (CodeState.CREATED,)
        if not work.codes.set_state(RoundId(slug), found[0].tag, first, CodeState.USED):
            raise CodeVoid("this code of the counter was used", problem="used")
        work.commit()
    return found[0].entitlement


def _require_usable(engine: Engine, right: Entitlement | None) -> None:
    if right is None:
        raise UnknownCode("the register knows no such voting right")
    require_sealed(engine, right)
    if right.channel is Channel.PAPER:
        raise CodeUsed("this voting right was used on paper", problem="paper")
    if right.channel is Channel.VOID:
        raise CodeVoid("this voting right was withdrawn", problem="void")


def _tag(engine: Engine, slug: str, code: str, minute: int) -> str:
    key = engine.keyring.get_or_create(keys.seal(slug), new_secret)
    return keyed_id(key, "desk", code, str(minute))


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
