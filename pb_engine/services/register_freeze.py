"""The voter register at the opening of voting: one hash, counts, and a signature under them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.ballots import canonical_json
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import RegisterRefused
from pb_engine.sealing import new_signing_key, public_part, roll_is_signed, sign_roll
from pb_engine.services import keys
from pb_engine.services.rights import Sealer, sealer_of
from pb_engine.services.shown_counts import shown_totals
from pb_engine.store.register import Entitlement, RegisterWork, Roll
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Statement:
    """What the register says that it is.

    :ivar digest: SHA-256 over all voting rights in the order of their identifiers.
    :ivar rights: how many there are.
    :ivar areas: how many in each area, small counts included: not for publication.
    :ivar last_batch: number of the last batch of codes; rights of later batches came later.
    :ivar key: public key of the register, in hexadecimal.
    :ivar signature: of the register under all of this, in hexadecimal.
    """

    digest: str
    rights: int
    areas: Mapping[str, int]
    last_batch: int
    key: str
    signature: str


class RollHash:
    """The digest of a register, one voting right after another, by identifier."""

    def __init__(self) -> None:
        self._whole = hashlib.sha256()
        self.areas: Counter[str] = Counter()
        self.rights = 0

    def add(self, right: Entitlement, area: str | None, second: str | None) -> None:
        """Take in a voting right as it was at the opening."""
        facts = [right.id, right.style, area or "", second or ""]
        self._whole.update(canonical_json(facts) + b"\n")
        self.areas[area or ""] += 1
        self.rights += 1

    @property
    def digest(self) -> str:
        """The SHA-256 so far, in hexadecimal."""
        return self._whole.hexdigest()


def statement_of(engine: Engine, slug: RoundId) -> Statement | None:
    """Return what the register is, or was when it froze; ``None`` where codes are all there is.

    :raises RegisterRefused: it holds voting rights that it did not make (``problem="seal"``).
    """
    with engine.stores.register.read() as work:
        roll = work.rolls.get(slug)
        if roll is None:
            return None
        return read_statement(roll) if roll.digest else _stated(engine, work, slug)


def freeze_register(engine: Engine, slug: RoundId, statement: Statement) -> None:
    """Freeze the register as the statement says; safe to repeat.

    :raises RegisterRefused: it changed since the statement was made (``problem="changed"``).
    """
    with engine.stores.register.write() as work:
        roll = work.rolls.get(slug)
        now = read_statement(roll) if roll and roll.digest else _stated(engine, work, slug)
        if now != statement:
            raise RegisterRefused(
                "the voter register changed while voting was about to open; try again",
                problem="changed",
            )
        work.rolls.freeze(slug, statement.digest, _written(statement).decode())
        work.commit()


def read_statement(roll: Roll) -> Statement:
    """Return what was frozen.

    :raises RegisterRefused: somebody wrote something else there (``problem="frozen"``).
    """
    try:
        told = json.loads(roll.counts or "")
        return Statement(roll.digest or "", **told)
    except (ValueError, TypeError) as problem:
        raise RegisterRefused(
            "what was frozen of the voter register cannot be read", problem="frozen"
        ) from problem


def is_stated(statement: Statement, slug: str, public: bytes) -> bool:
    """Tell whether the register signed this statement."""
    try:
        signature = bytes.fromhex(statement.signature)
    except ValueError:
        return False
    return roll_is_signed(_body(statement), signature, round_id=slug, public=public)


def manifest_part(statement: Statement) -> dict[str, object]:
    """Return what everybody may know, for the frozen rules."""
    return {
        "digest": statement.digest,
        "rights": statement.rights,
        "areas": shown_totals(statement.areas),
        "key": statement.key,
    }


def frozen_event(statement: Statement, slug: RoundId, by: str) -> Event:
    """Return the entry for the event log."""
    facts: dict[str, str | int] = {
        "digest": statement.digest,
        "rights": statement.rights,
        "areas": canonical_json(shown_totals(statement.areas)).decode(),
        "signature": statement.signature,
    }
    return Event("register_frozen", slug, by, facts)


def roll_key(engine: Engine, slug: str) -> bytes:
    """Return the key with which the register signs; it is made when there is none."""
    return engine.keyring.get_or_create(keys.roll(slug), new_signing_key)


def _stated(engine: Engine, work: RegisterWork, slug: RoundId) -> Statement:
    hashed, key = _hashed(work, slug, sealer_of(engine, slug)), roll_key(engine, slug)
    last = work.codes.last_batch(slug)
    areas, public = dict(sorted(hashed.areas.items())), public_part(key).hex()
    bare = Statement(hashed.digest, hashed.rights, areas, last, public, "")
    signature = sign_roll(_body(bare), round_id=slug, key=key).hex()
    return Statement(hashed.digest, hashed.rights, areas, last, public, signature)


def _hashed(work: RegisterWork, slug: RoundId, seals: Sealer) -> RollHash:
    hashed, strange = RollHash(), 0
    for right in work.entitlements.each(slug):
        strange += not seals.made_right(right)
        hashed.add(right, right.area, right.second)
    if strange:
        raise RegisterRefused(
            f"{strange} voting rights in the database were not made by this register: somebody "
            "wrote them there; voting does not open with them",
            problem="seal",
            rights=strange,
        )
    return hashed


def _written(statement: Statement) -> bytes:
    return canonical_json(
        {
            "rights": statement.rights,
            "areas": dict(statement.areas),
            "last_batch": statement.last_batch,
            "key": statement.key,
            "signature": statement.signature,
        }
    )


def _body(statement: Statement) -> bytes:
    facts = (statement.digest, statement.rights, dict(statement.areas), statement.last_batch)
    return canonical_json([*facts, statement.key])
