"""Voting rights and codes carry a seal, so that one that somebody typed into the database shows.

The key lies with the register, outside its database.  Whoever holds both can make rights; that
they become too many shows in the published numbers and in the event log.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, replace

from pb_engine.engine import Engine
from pb_engine.errors import UnknownCode
from pb_engine.sealing import keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.store.register import Code, Entitlement
from pb_engine.units import RoundId

_SIGNS = re.compile(r"[\s.-]+")


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals of one round with the key in hand, for whoever seals or checks many."""

    key: bytes

    def right(self, right: Entitlement) -> Entitlement:
        """Return the voting right with its seal."""
        return replace(right, seal=self._right(right))

    def made_right(self, right: Entitlement) -> bool:
        """Tell whether this register made the voting right, as it is now.

        The channel is not part of it: it changes while people vote.
        """
        return _same(right.seal, self._right(right))

    def code(self, code: Code) -> Code:
        """Return the code with its seal."""
        return replace(code, seal=self._code(code))

    def made_code(self, code: Code) -> bool:
        """Tell whether this register gave this code to this voting right.

        The state is not part of it: it changes on the way to the voter.
        """
        return _same(code.seal, self._code(code))

    def second(self, fact: str, right: str) -> str:
        """Return the keyed hash of a second fact about the holder of one voting right."""
        return keyed_id(self.key, "second fact", right, fact)

    def person(self, number: str) -> str:
        """Return the keyed hash of the municipality's number of a person.

        Spaces, full stops and dashes do not count, nor do zeros in front: a spreadsheet eats them.
        """
        return keyed_id(self.key, "person", bare_number(number))

    def _right(self, right: Entitlement) -> str:
        facts = (right.id, right.style, right.area or "", right.second or "")
        return keyed_id(self.key, "voting right", *facts)

    def _code(self, code: Code) -> str:
        return keyed_id(self.key, "code", code.tag, code.entitlement, str(code.batch))


def bare_number(number: str) -> str:
    """Return a number of a person without signs and zeros in front, for comparing."""
    return _SIGNS.sub("", number).upper().lstrip("0")


def sealer_of(engine: Engine, slug: str) -> Sealer:
    """Return the seals of a round; the key is made when there is none."""
    return Sealer(engine.keyring.get_or_create(keys.seal(slug), new_secret))


def sealed_right(engine: Engine, right: Entitlement) -> Entitlement:
    """Return the voting right with its seal."""
    return sealer_of(engine, right.round).right(right)


def is_sealed(engine: Engine, right: Entitlement) -> bool:
    """Tell whether this register made the voting right, as it is now."""
    return right.seal is not None and sealer_of(engine, right.round).made_right(right)


def require_sealed(engine: Engine, right: Entitlement) -> None:
    """Refuse a voting right that this register did not make.

    :raises UnknownCode: the seal is missing or false.
    """
    if not is_sealed(engine, right):
        raise UnknownCode("this voting right was not made by the register", problem="seal")


def require_linked(engine: Engine, code: Code) -> None:
    """Refuse a code that somebody points at another voting right than it was made for.

    :raises UnknownCode: the seal is missing or false.
    """
    if not sealer_of(engine, code.round).made_code(code):
        raise UnknownCode("this code was not given to this voting right", problem="seal")


def second_of(engine: Engine, slug: str, fact: str, right: str) -> str:
    """Return the keyed hash of a second fact about the holder of one voting right.

    The same fact gives another hash for every voting right.
    """
    return sealer_of(engine, slug).second(fact, right)


def person_of(engine: Engine, slug: str, number: str) -> str:
    """Return the keyed hash of the municipality's number of a person, however it is written."""
    return sealer_of(engine, slug).person(number)


def has_register(engine: Engine, slug: str) -> bool:
    """Tell whether a round knows its residents; otherwise codes are all there is."""
    with engine.stores.register.read() as work:
        return work.rolls.get(RoundId(slug)) is not None


def _same(there: str | None, wanted: str) -> bool:
    return there is not None and hmac.compare_digest(there, wanted)
