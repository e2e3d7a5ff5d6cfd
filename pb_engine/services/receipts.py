"""Looking up a receipt: whether that ballot is in the count, never what it says."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.sealing import normalised_receipt
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class ReceiptAnswer:
    """What can be said about a receipt number.

    :ivar state: ``not_yet`` before the box is opened, then ``counted``, ``superseded`` (the
        voter voted again) or ``unknown``.
    """

    state: str
    number: str


def find_receipt(engine: Engine, slug: str, typed: str) -> ReceiptAnswer:
    """Look up a receipt number, without log-in.

    :raises UnknownRound: no round has this slug.
    :raises MistypedCode: the number has a typing error.
    """
    number = normalised_receipt(typed)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
    with engine.stores.box.read() as box:
        opening = box.opening(stored.round.slug)
    if opening is None or stored.phase in {Phase.VOTING, Phase.CLOSED}:
        return ReceiptAnswer("not_yet", number)
    if number in opening.counted:
        return ReceiptAnswer("counted", number)
    if number in opening.superseded:
        return ReceiptAnswer("superseded", number)
    return ReceiptAnswer("unknown", number)
