"""Who supports an idea, without knowing who that is."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from pb_engine.domain.conversation import Stance
from pb_engine.store.site.front_tables import SUPPORTS
from pb_engine.store.unit import Unit
from pb_engine.units import IdeaId

_C = SUPPORTS.c


class Supports:
    """Stances on ideas, under keyed hashes."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, idea: IdeaId, supporter: str, stance: Stance) -> None:
        """Keep a stance; a later one of the same supporter replaces it."""
        row = {"idea": idea, "supporter": supporter, "stance": str(stance)}
        self._unit.put(SUPPORTS, row)

    def of(self, idea: IdeaId, supporter: str) -> Stance | None:
        """Return the stance of a supporter, or ``None``."""
        query = select(_C.stance).where(_C.idea == idea, _C.supporter == supporter)
        row = self._unit.row(query)
        return None if row is None else Stance(row.stance)

    def counts(self, idea: IdeaId) -> Mapping[Stance, int]:
        """Return how many hold each stance, those that nobody holds included."""
        query = select(_C.stance, func.count().label("number")).where(_C.idea == idea)
        rows = self._unit.rows(query.group_by(_C.stance))
        found = {Stance(row.stance): int(row.number) for row in rows}
        return {stance: found.get(stance, 0) for stance in Stance}
