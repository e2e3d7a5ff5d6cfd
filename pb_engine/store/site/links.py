"""Ideas that exclude or need each other."""

from __future__ import annotations

import dataclasses

from sqlalchemy import ColumnElement, delete, select

from pb_engine.domain.links import Link, LinkKind
from pb_engine.errors import UnknownIdea
from pb_engine.store.site.front_tables import IDEA_LINKS
from pb_engine.store.site.tables import IDEAS
from pb_engine.store.unit import Unit
from pb_engine.units import IdeaId, RoundId

_C = IDEA_LINKS.c
_NAMES = [field.name for field in dataclasses.fields(Link)]


class IdeaLinks:
    """The links between the ideas of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, link: Link) -> None:
        """Keep a link.

        :raises StoreProblem: one of the ideas does not exist.
        """
        self._unit.put(IDEA_LINKS, {**dataclasses.asdict(link), "kind": str(link.kind)})

    def of_round(self, slug: RoundId) -> tuple[Link, ...]:
        """Return the links of a round, in an order that does not change."""
        return self._where(IDEAS.c.round == slug)

    def of_idea(self, idea: IdeaId) -> tuple[Link, ...]:
        """Return the links of an idea, from either side."""
        return self._where((_C.idea == idea) | (_C.other == idea))

    def get(self, slug: RoundId, link: str) -> Link:
        """Return a link of a round.

        :raises UnknownIdea: this round has no such link.
        """
        found = self._where((IDEAS.c.round == slug) & (_C.id == link))
        if not found:
            raise UnknownIdea("this round has no such link", problem="link")
        return found[0]

    def remove(self, link: Link) -> None:
        """Forget a link."""
        self._unit.change(delete(IDEA_LINKS).where(_C.id == link.id))

    def _where(self, those: ColumnElement[bool]) -> tuple[Link, ...]:
        query = select(IDEA_LINKS).join(IDEAS, IDEAS.c.id == _C.idea).where(those)
        rows = self._unit.rows(query.order_by(_C.idea, _C.other))
        plain = ({name: getattr(row, name) for name in _NAMES} for row in rows)
        return tuple(Link(**{**one, "kind": LinkKind(one["kind"])}) for one in plain)
