"""Who votes for whom as well, where a round allows that."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from pb_engine.store.register.tables import PROXIES
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = PROXIES.c


class Proxies:
    """The proxies of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, slug: RoundId, giver: str, holder: str) -> bool:
        """Let ``holder`` vote for ``giver``; ``False`` when somebody does already."""
        row = {"round": slug, "giver": giver, "holder": holder}
        return self._unit.add_new(PROXIES, [row]) == 1

    def held_by(self, slug: RoundId, holder: str) -> tuple[str, ...]:
        """Return the voting rights for which somebody votes as well."""
        query = select(_C.giver).where(_C.round == slug, _C.holder == holder)
        return tuple(row.giver for row in self._unit.rows(query.order_by(_C.giver)))

    def count(self, slug: RoundId) -> int:
        """Count the proxies of a round."""
        return self._unit.number(select(func.count()).where(_C.round == slug))

    def forget(self, slug: RoundId) -> int:
        """Remove the proxies of a round; return how many went."""
        return self._unit.change(delete(PROXIES).where(PROXIES.c.round == slug))
