"""The voter register of a round as a whole: where it came from, and what was frozen."""

from __future__ import annotations

import dataclasses

from sqlalchemy import delete, select, update

from pb_engine.store.register.tables import ROLLS
from pb_engine.store.register.values import Roll
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = ROLLS.c


class Rolls:
    """The voter registers of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, roll: Roll) -> None:
        """Write down that a round has a voter register.

        :raises StoreProblem: it has one already.
        """
        self._unit.add(ROLLS, dataclasses.asdict(roll))

    def get(self, slug: RoundId) -> Roll | None:
        """Return the voter register of a round; ``None`` where codes are all there is."""
        row = self._unit.row(select(ROLLS).where(_C.round == slug))
        if row is None:
            return None
        return Roll(row.round, row.source, row.residents, row.digest, row.counts)

    def freeze(self, slug: RoundId, digest: str, counts: str) -> bool:
        """Write down what the register is from now on, once; tell whether it was the first time."""
        mine = (_C.round == slug) & _C.digest.is_(None)
        changed = update(ROLLS).where(mine).values(digest=digest, counts=counts)
        return self._unit.change(changed) == 1

    def forget(self, slug: RoundId) -> bool:
        """Remove a register that is not frozen, for a new one; tell whether there was one."""
        mine = (_C.round == slug) & _C.digest.is_(None)
        return self._unit.change(delete(ROLLS).where(mine)) == 1
