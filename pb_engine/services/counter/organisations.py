"""One vote for an organisation, where a round gives them one."""

from __future__ import annotations

import re

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, NotAllowed, NotReady
from pb_engine.sealing import keyed_id, new_code, new_secret, written
from pb_engine.services import keys
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.code_rules import require_reason, require_voting
from pb_engine.services.code_tags import fresh_tags
from pb_engine.services.codes import put_code
from pb_engine.services.events import write_down
from pb_engine.services.rights import sealed_right
from pb_engine.store.register import Channel, Entitlement
from pb_engine.units import RoundId

_NUMBER = re.compile(r"[0-9]{8}")


def give_organisation_code(engine: Engine, slug: str, number: str, reason: str, by: str) -> str:
    """Give an organisation its one voting right of a round, as a code.

    :param number: the eight digits under which the chamber of commerce knows it.
    :returns: the code in groups of four; nobody can look it up afterwards.
    :raises NotAllowed: organisations have no vote in this round.
    :raises NotReady: the number does not have eight digits.
    :raises CodeUsed: this organisation has its code.
    """
    require_reason(reason)
    require_voting(engine, slug)
    with engine.stores.site.read() as site:
        if not site.rounds.get(RoundId(slug)).round.counter.organisations:
            raise NotAllowed("organisations have no vote in this round", problem="organisations")
    if not _NUMBER.fullmatch(number.strip()):
        raise NotReady("the number of an organisation has eight digits", problem="number")
    key = engine.keyring.get_or_create(keys.subject(slug), new_secret)
    id_ = keyed_id(key, "organisation", number.strip())
    right = sealed_right(engine, Entitlement(id_, RoundId(slug), STYLE, None, Channel.NONE))
    fresh = new_code()
    (tag,) = fresh_tags(engine, slug, [fresh])
    with engine.stores.register.write() as work:
        if not work.entitlements.add_many([right]):
            raise CodeUsed("this organisation has its code already", problem="given")
        put_code(engine, work, slug, right.id, tag, by)
        work.commit()
    write_down(
        engine, Event("organisation_code_given", RoundId(slug), by, {"reason": reason.strip()})
    )
    return written(fresh)
