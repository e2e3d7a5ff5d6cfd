"""What becomes of money that is left, and which round uses what was saved."""

from __future__ import annotations

import dataclasses

from sqlalchemy import delete, or_, select, update

from pb_engine.domain.leftovers import Fate, Leftover, SavedShare
from pb_engine.errors import ConcurrentEdit
from pb_engine.store.site.delivery_tables import LEFTOVERS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import Cents, IdeaId, RoundId

_C = LEFTOVERS.c


class Leftovers:
    """The leftovers of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> tuple[Leftover, ...]:
        """Return what is decided in every round, by round and part."""
        rows = self._unit.rows(select(LEFTOVERS).order_by(_C.round, _C.part))
        return tuple(_leftover(row) for row in rows)

    def of(self, slug: RoundId) -> dict[IdeaId, Leftover]:
        """Return what is decided of the money of a round, by part."""
        rows = self._unit.rows(select(LEFTOVERS).where(_C.round == slug))
        return {IdeaId(row.part): _leftover(row) for row in rows}

    def save(self, leftover: Leftover) -> None:
        """Keep what stands at ``leftover.version``; nobody uses that money yet.

        :raises ConcurrentEdit: somebody decided since, or a round uses it; nothing is overwritten.
        """
        saved = dataclasses.replace(leftover, version=leftover.version + 1, used_by=None)
        row = {**dataclasses.asdict(saved), "fate": str(saved.fate)}
        mine = (_C.round == leftover.round) & (_C.part == leftover.part)
        there = mine & (_C.version == leftover.version) & _C.used_by.is_(None)
        # The key decides between two who are both the first.
        done = (
            self._unit.change(update(LEFTOVERS).where(there).values(**row))
            if leftover.version
            else self._unit.add_new(LEFTOVERS, [row])
        )
        if not done:
            raise ConcurrentEdit("somebody else decided about this money first", idea=leftover.part)

    def take_back(self, leftover: Leftover) -> bool:
        """Forget what was decided, at its version; tell whether it was there and unused."""
        mine = (_C.round == leftover.round) & (_C.part == leftover.part)
        there = mine & (_C.version == leftover.version) & _C.used_by.is_(None)
        return self._unit.change(delete(LEFTOVERS).where(there)) == 1

    def use(self, share: SavedShare, by: RoundId) -> bool:
        """Let a round use saved money; tell whether it could: exactly this amount, used by nobody.

        The database decides between two rounds that want the same money.
        """
        mine = (_C.round == share.round) & (_C.part == share.part)
        free = or_(_C.used_by.is_(None), _C.used_by == by)
        final = (_C.fate == str(Fate.SAVED)) & _C.settled_on.is_not(None)
        there = mine & free & final & (_C.cents == share.cents)
        return self._unit.change(update(LEFTOVERS).where(there).values(used_by=by)) == 1

    def release(self, by: RoundId) -> int:
        """Let a round use no saved money any more; return how many amounts it had."""
        return self._unit.change(update(LEFTOVERS).where(_C.used_by == by).values(used_by=None))


def _leftover(row: Line) -> Leftover:
    return Leftover(
        round=RoundId(row.round),
        part=IdeaId(row.part),
        fate=Fate(row.fate),
        purpose=row.purpose,
        years=row.years,
        settled_on=row.settled_on,
        cents=Cents(row.cents),
        used_by=RoundId(row.used_by) if row.used_by else None,
        version=row.version,
    )
