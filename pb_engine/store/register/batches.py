"""Batches of voting codes, and how far each came."""

from __future__ import annotations

import dataclasses

from sqlalchemy import delete, select, update

from pb_engine.store.register.tables import BATCHES, CODES, ENTITLEMENTS, RESIDENTS
from pb_engine.store.register.values import Batch, BatchState, Channel
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = BATCHES.c
_FIELDS = [field.name for field in dataclasses.fields(Batch)]


class Batches:
    """The batches of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, batch: Batch) -> None:
        """Write a batch down.

        :raises StoreProblem: the round has a batch with this number.
        """
        self._unit.add(BATCHES, dataclasses.asdict(batch))

    def get(self, slug: RoundId, batch: int) -> Batch | None:
        """Return a batch by its number, or ``None``."""
        row = self._unit.row(select(BATCHES).where(_C.round == slug, _C.batch == batch))
        return None if row is None else _batch(row)

    def all(self, slug: RoundId) -> tuple[Batch, ...]:
        """Return the batches of a round in the order of their numbers."""
        query = select(BATCHES).where(_C.round == slug).order_by(_C.batch)
        return tuple(map(_batch, self._unit.rows(query)))

    def move(
        self, slug: RoundId, batch: int, before: tuple[BatchState, ...], after: BatchState
    ) -> bool:
        """Move a batch on, if it is in one of ``before``; of two who try one gets ``True``."""
        mine = (_C.round == slug) & (_C.batch == batch) & _C.state.in_(before)
        return self._unit.change(update(BATCHES).where(mine).values(state=after)) == 1

    def withdraw_rights(self, slug: RoundId, batch: int) -> int:
        """Withdraw the unused voting rights that were made for a batch; return how many.

        Those of residents stay: they are theirs with or without a code.
        """
        right, code, person = ENTITLEMENTS.c, CODES.c, RESIDENTS.c
        of_batch = select(code.entitlement).where(code.round == slug, code.batch == batch)
        of_people = select(person.entitlement).where(person.round == slug)
        unused = (right.round == slug) & (right.channel == Channel.NONE)
        mine = unused & right.id.in_(of_batch) & right.id.not_in(of_people)
        return self._unit.change(update(ENTITLEMENTS).where(mine).values(channel=Channel.VOID))

    def forget(self, slug: RoundId) -> int:
        """Remove the batches of a round; return how many went."""
        return self._unit.change(delete(BATCHES).where(BATCHES.c.round == slug))


def _batch(row: Line) -> Batch:
    return Batch(*(getattr(row, name) for name in _FIELDS))
