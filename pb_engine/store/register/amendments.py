"""Changes to a frozen register: proposed by one official, decided by another."""

from __future__ import annotations

import dataclasses

from sqlalchemy import delete, func, select, update

from pb_engine.store.register.tables import AMENDMENTS
from pb_engine.store.register.values import Amendment, AmendmentState
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = AMENDMENTS.c
_FIELDS = [field.name for field in dataclasses.fields(Amendment)]


class Amendments:
    """The amendments of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def propose(self, slug: RoundId, kind: str, change: str, reason: str, by: str) -> Amendment:
        """Write a proposal down under the next number of the round and return it."""
        self._unit.queue(f"amendments of {slug}")
        last = self._unit.number(select(func.max(_C.amendment)).where(_C.round == slug))
        proposed = AmendmentState.PROPOSED
        made = Amendment(slug, last + 1, kind, change, reason, by, None, proposed, None)
        self._unit.add(AMENDMENTS, dataclasses.asdict(made))
        return made

    def get(self, slug: RoundId, amendment: int) -> Amendment | None:
        """Return an amendment by its number, or ``None``."""
        query = select(AMENDMENTS).where(_C.round == slug, _C.amendment == amendment)
        row = self._unit.row(query)
        return None if row is None else _amendment(row)

    def all(self, slug: RoundId) -> tuple[Amendment, ...]:
        """Return the amendments of a round in the order of their numbers."""
        query = select(AMENDMENTS).where(_C.round == slug).order_by(_C.amendment)
        return tuple(map(_amendment, self._unit.rows(query)))

    def decide(self, after: Amendment) -> bool:
        """Write down who decided and how, if nobody did before; tell whether that was so.

        :raises StoreProblem: the one who decides is the one who proposed.
        """
        mine = (_C.round == after.round) & (_C.amendment == after.amendment)
        waiting = mine & (_C.state == AmendmentState.PROPOSED)
        values = {
            "decided_by": after.decided_by,
            "state": after.state,
            "signed": after.signed,
            "change": after.change,
        }
        return self._unit.change(update(AMENDMENTS).where(waiting).values(values)) == 1

    def forget(self, slug: RoundId) -> int:
        """Remove the amendments of a round; return how many went."""
        return self._unit.change(delete(AMENDMENTS).where(AMENDMENTS.c.round == slug))


def _amendment(row: Line) -> Amendment:
    return Amendment(*(getattr(row, name) for name in _FIELDS))
