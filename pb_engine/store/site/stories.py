"""Stories of residents in the site store."""

from __future__ import annotations

import dataclasses
from datetime import date

from sqlalchemy import delete, func, literal, select, update

from pb_engine.domain.stories import Story
from pb_engine.store.site.front_tables import PICTURES
from pb_engine.store.site.reach_tables import STORIES
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = STORIES.c
_FIELDS = tuple(Story.__dataclass_fields__)


class Stories:
    """The stories of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, story: Story) -> None:
        """Keep a story.

        :raises StoreProblem: no round has this slug.
        """
        self._unit.add(STORIES, dataclasses.asdict(story))

    def all(self, slug: RoundId) -> tuple[Story, ...]:
        """Return the stories of a round, the one that was agreed last first."""
        query = select(*(_C[name] for name in _FIELDS)).where(_C.round == slug)
        rows = self._unit.rows(query.order_by(_C.agreed_on.desc(), _C.id))
        return tuple(Story(*row) for row in rows)

    def get(self, slug: RoundId, story: str) -> Story | None:
        """Return a story of a round, or ``None``."""
        mine = (_C.round == slug) & (_C.id == story)
        row = self._unit.row(select(*(_C[name] for name in _FIELDS)).where(mine))
        return None if row is None else Story(*row)

    def count(self, slug: RoundId) -> int:
        """Count the stories of a round."""
        return self._unit.number(select(func.count()).where(_C.round == slug))

    def save(self, story: Story) -> None:
        """Replace a story that is there."""
        mine = (_C.round == story.round) & (_C.id == story.id)
        self._unit.change(update(STORIES).where(mine).values(**dataclasses.asdict(story)))

    def remove(self, slug: RoundId, story: str) -> bool:
        """Remove a story; tell whether it was there."""
        mine = (_C.round == slug) & (_C.id == story)
        return self._unit.change(delete(STORIES).where(mine)) == 1

    def forget(self, today: date) -> int:
        """Remove every story whose consent ended before a day, with its photograph."""
        over = _C.until < today
        subjects = select(literal("story:") + _C.id).where(over)
        self._unit.change(delete(PICTURES).where(PICTURES.c.subject.in_(subjects)))
        return self._unit.change(delete(STORIES).where(over))
