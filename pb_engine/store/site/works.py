"""The work on funded ideas, and what residents were told of it."""

from __future__ import annotations

import dataclasses

from sqlalchemy import delete, select, update

from pb_engine.domain.works import Update, Work, WorkState
from pb_engine.errors import ConcurrentEdit
from pb_engine.store.site.delivery_tables import PROGRESS, WORKS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import IdeaId, RoundId


class Works:
    """The works and updates of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self, slug: RoundId) -> dict[IdeaId, Work]:
        """Return the works of a round of which something was told, by idea."""
        rows = self._unit.rows(select(WORKS).where(WORKS.c.round == slug))
        return {IdeaId(row.idea): _work(row) for row in rows}

    def save(self, work: Work) -> Work:
        """Keep a work that stands at ``work.version``; return it with its new version.

        :raises ConcurrentEdit: somebody changed it since; nothing is overwritten.
        """
        saved = dataclasses.replace(work, version=work.version + 1)
        row = {**dataclasses.asdict(saved), "state": str(saved.state)}
        c = WORKS.c
        there = (c.round == work.round) & (c.idea == work.idea) & (c.version == work.version)
        # The key decides between two who are both the first.
        done = (
            self._unit.change(update(WORKS).where(there).values(**row))
            if work.version
            else self._unit.add_new(WORKS, [row])
        )
        if not done:
            raise ConcurrentEdit("somebody else told of this idea first", idea=work.idea)
        return saved

    def tell(self, told: Update) -> None:
        """Keep an update."""
        self._unit.add(PROGRESS, dataclasses.asdict(told))

    def take_back(self, slug: RoundId, idea: IdeaId, update_id: str) -> bool:
        """Forget an update; tell whether there was one."""
        c = PROGRESS.c
        mine = (c.round == slug) & (c.idea == idea) & (c.id == update_id)
        return self._unit.change(delete(PROGRESS).where(mine)) == 1

    def updates(self, slug: RoundId) -> tuple[Update, ...]:
        """Return what was told in a round, the newest first."""
        rows = self._unit.rows(select(PROGRESS).where(PROGRESS.c.round == slug))
        told = (Update(r.id, RoundId(r.round), IdeaId(r.idea), r.told_on, r.body) for r in rows)
        return tuple(sorted(told, key=lambda one: (one.told_on, one.id), reverse=True))


def _work(row: Line) -> Work:
    return Work(
        round=RoundId(row.round),
        idea=IdeaId(row.idea),
        state=WorkState(row.state),
        owner=row.owner,
        ready_on=row.ready_on,
        version=row.version,
    )
