"""Refusing a ballot because the box is closed, in a way that the voter can hold against us."""

from __future__ import annotations

from datetime import UTC

from pb_engine.engine import Engine
from pb_engine.errors import TooLate
from pb_engine.sealing import EMPTY_ROOT, Refusal, sign_refusal
from pb_engine.services import keys
from pb_engine.store.box import BoxWork
from pb_engine.units import RoundId


def too_late(engine: Engine, work: BoxWork, slug: RoundId, offered: str) -> TooLate:
    """Return the refusal of a ballot that came after the close; nothing of it is stored.

    :param offered: the name under which the ballot would have been kept.
    :raises InvalidKey: the key of receipts is gone.
    """
    head = work.log.head(slug)
    statement = Refusal(
        round=slug,
        entries=head.size if head else 0,
        root=(head.root if head else EMPTY_ROOT).hex(),
        offered=offered,
        at=engine.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
    )
    signed = sign_refusal(statement, key=engine.keyring.get(keys.receipt(slug)))
    return TooLate("the ballot box is closed", phase="closed", wanted="voting", refusal=signed)
