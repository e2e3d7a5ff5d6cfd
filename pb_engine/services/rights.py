"""Voting rights carry a seal, so that one which somebody typed into the database is noticed.

The key lies with the register, outside its database.  Whoever holds both can make rights; that
they become too many shows in the published numbers and in the event log.
"""

from __future__ import annotations

import hmac
from dataclasses import replace

from pb_engine.engine import Engine
from pb_engine.errors import UnknownCode
from pb_engine.sealing import keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.store.register import Entitlement


def sealed_right(engine: Engine, right: Entitlement) -> Entitlement:
    """Return the voting right with its seal."""
    return replace(right, seal=_seal(engine, right))


def is_sealed(engine: Engine, right: Entitlement) -> bool:
    """Tell whether this register made the voting right, as it is now.

    The channel is not part of it: it changes while people vote.
    """
    return right.seal is not None and hmac.compare_digest(right.seal, _seal(engine, right))


def require_sealed(engine: Engine, right: Entitlement) -> None:
    """Refuse a voting right that this register did not make.

    :raises UnknownCode: the seal is missing or false.
    """
    if not is_sealed(engine, right):
        raise UnknownCode("this voting right was not made by the register", problem="seal")


def second_of(engine: Engine, slug: str, fact: str, right: str) -> str:
    """Return the keyed hash of a second fact about the holder of one voting right.

    The same fact gives another hash for every voting right.
    """
    return keyed_id(_key(engine, slug), "second fact", right, fact)


def person_of(engine: Engine, slug: str, number: str) -> str:
    """Return the keyed hash of the municipality's number of a person."""
    return keyed_id(_key(engine, slug), "person", number)


def _seal(engine: Engine, right: Entitlement) -> str:
    facts = (right.id, right.style, right.area or "", right.second or "")
    return keyed_id(_key(engine, right.round), "voting right", *facts)


def _key(engine: Engine, slug: str) -> bytes:
    return engine.keyring.get_or_create(keys.seal(slug), new_secret)
