"""Codes beside the people they are for, as long as the batch is at hand."""

from __future__ import annotations

from collections.abc import Iterator

from pb_engine.engine import Engine
from pb_engine.services.code_batches import IssuedBatch
from pb_engine.store.register import Resident
from pb_engine.units import RoundId


def addressed(engine: Engine, slug: str, issued: IssuedBatch) -> Iterator[tuple[str, Resident]]:
    """Yield each code of a batch with whose it is, in order of address."""
    codes = {row.resident: row.code for row in issued.rows if row.resident is not None}
    with engine.stores.register.read() as work:
        for person in work.residents.each(RoundId(slug)):
            if person.id in codes:
                yield codes[person.id], person
