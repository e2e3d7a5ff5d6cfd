"""Helpers and places of ideas in the site store."""

from __future__ import annotations

import dataclasses

from sqlalchemy import delete, select

from pb_engine.domain.aids import Aid, AidKind
from pb_engine.store.site.reach_tables import IDEA_AIDS
from pb_engine.store.unit import Unit
from pb_engine.units import IdeaId, RoundId

_C = IDEA_AIDS.c


class Aids:
    """What helps the ideas of all rounds along."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, aid: Aid) -> None:
        """Keep a helper or a place.

        :raises StoreProblem: there is no such idea.
        """
        self._unit.add(IDEA_AIDS, {**dataclasses.asdict(aid), "kind": str(aid.kind)})

    def of(self, slug: RoundId, idea: IdeaId) -> tuple[Aid, ...]:
        """Return what helps an idea: helpers first, then places, each by name."""
        mine = (_C.round == slug) & (_C.idea == idea)
        rows = self._unit.rows(select(IDEA_AIDS).where(mine))
        found = (
            Aid(row.id, row.round, row.idea, AidKind(row.kind), row.name, row.detail)
            for row in rows
        )
        return tuple(sorted(found, key=lambda one: (one.kind, one.name, one.id)))

    def remove(self, slug: RoundId, idea: IdeaId, aid: str) -> bool:
        """Remove a helper or a place of an idea; tell whether it was there."""
        mine = (_C.round == slug) & (_C.idea == idea) & (_C.id == aid)
        return self._unit.change(delete(IDEA_AIDS).where(mine)) == 1
