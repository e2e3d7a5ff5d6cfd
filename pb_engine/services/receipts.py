"""Looking up a receipt: whether that ballot is in the log and in the count, never what it says."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.engine import Engine
from pb_engine.errors import LogRefused
from pb_engine.sealing import normalised_receipt
from pb_engine.services.box_log import Inclusion, inclusion_of
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class ReceiptAnswer:
    """What can be said about a receipt number.

    :ivar state: before the box is opened ``logged`` (in the log of the box) or ``not_yet``
        (it waits, or nobody ever got this number), then ``counted``, ``superseded`` (the voter
        voted again) or ``unknown``.
    :ivar proof: shows that the ballot is in the log; ``None`` when it is not, or not yet.
    """

    state: str
    number: str
    proof: Inclusion | None = None


def find_receipt(engine: Engine, slug: str, typed: str) -> ReceiptAnswer:
    """Look up a receipt number, without log-in.

    :raises MistypedCode: the number has a typing error.
    """
    number = normalised_receipt(typed)
    with engine.stores.box.read() as box:
        opening = box.opening(RoundId(slug))
    proof = _proof(engine, slug, number)
    if opening is None:
        return ReceiptAnswer("logged" if proof else "not_yet", number, proof)
    if number in opening.counted:
        return ReceiptAnswer("counted", number, proof)
    if number in opening.superseded:
        return ReceiptAnswer("superseded", number, proof)
    return ReceiptAnswer("unknown", number, proof)


def _proof(engine: Engine, slug: str, number: str) -> Inclusion | None:
    try:
        return inclusion_of(engine, slug, number)
    except LogRefused:
        return None
