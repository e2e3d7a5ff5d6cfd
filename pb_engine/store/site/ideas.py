"""Ideas with their submitters and their latest review."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from pb_engine.domain.costs import CostLine
from pb_engine.domain.ideas import Idea, IdeaState, Submitter
from pb_engine.errors import ConcurrentEdit, UnknownIdea
from pb_engine.store.site.idea_search import IdeaSearch
from pb_engine.store.site.reviews import read_review, review_text
from pb_engine.store.site.tables import IDEAS, SUBMITTERS
from pb_engine.store.unit import Fields, Line, Unit
from pb_engine.units import IdeaId, RoundId

_APART = frozenset({"submitters", "review", "cost_lines"})
_PLAIN = tuple(field.name for field in dataclasses.fields(Idea) if field.name not in _APART)
_GONE = (IdeaState.WITHDRAWN, IdeaState.MERGED)


class Ideas:
    """The ideas of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._search = IdeaSearch(unit)

    def add(self, idea: Idea, manage_tag: str) -> None:
        """Add an idea with its submitters.

        :param manage_tag: keyed hash of the code with which the submitter may withdraw it.
        :raises StoreProblem: the identifier, or the number within the round, is taken.
        """
        self._unit.add(IDEAS, {**_fields(idea), "manage_tag": manage_tag})
        self._unit.add(SUBMITTERS, *_submitter_rows(idea))
        self._search.put(idea)

    def next_number(self, slug: RoundId) -> int:
        """Return the number for the next idea of a round; nobody else gets it meanwhile."""
        self._unit.queue(f"ideas of {slug}")
        last = select(func.max(IDEAS.c.number)).where(IDEAS.c.round == slug)
        return self._unit.number(last) + 1

    def get(self, slug: RoundId, idea: IdeaId) -> Idea:
        """Return an idea of a round.

        :raises UnknownIdea: this round has no such idea.
        """
        found = self._where((IDEAS.c.round == slug) & (IDEAS.c.id == idea))
        if not found:
            raise _unknown(slug, idea)
        return found[0]

    def all(self, slug: RoundId) -> tuple[Idea, ...]:
        """Return the ideas of a round, by number."""
        return self._where(IDEAS.c.round == slug)

    def find(self, idea: IdeaId) -> Idea:
        """Return an idea of whatever round.

        :raises UnknownIdea: no round has such an idea.
        """
        found = self._where(IDEAS.c.id == idea)
        if not found:
            raise UnknownIdea(f"no round has an idea {idea[:64]!r}", idea=idea[:64])
        return found[0]

    def kin(self, idea: Idea) -> tuple[Idea, ...]:
        """Return the ideas of all rounds that went into this one or came from it, and its own."""
        towards = [one for one in (idea.merged_into, idea.taken_from) if one]
        kin = IDEAS.c.id.in_(towards) | (IDEAS.c.merged_into == idea.id)
        return self._where(kin | (IDEAS.c.taken_from == idea.id))

    def save(self, idea: Idea, seen_version: int) -> Idea:
        """Replace an idea that stands at ``seen_version``; return it with its new version.

        :raises ConcurrentEdit: somebody changed it since; nothing is overwritten.
        :raises UnknownIdea: its round has no such idea.
        """
        saved = dataclasses.replace(idea, version=seen_version + 1)
        mine = (IDEAS.c.round == idea.round) & (IDEAS.c.id == idea.id)
        there = mine & (IDEAS.c.version == seen_version)
        if not self._unit.change(update(IDEAS).where(there).values(**_fields(saved))):
            self.get(idea.round, idea.id)
            raise ConcurrentEdit("somebody else changed this idea first", idea=idea.id)
        self._unit.change(delete(SUBMITTERS).where(SUBMITTERS.c.idea == idea.id))
        self._unit.add(SUBMITTERS, *_submitter_rows(saved))
        self._search.put(saved)
        return saved

    def manage_tag(self, slug: RoundId, idea: IdeaId) -> str:
        """Return the tag given with ``add``.

        :raises UnknownIdea: this round has no such idea.
        """
        mine = (IDEAS.c.round == slug) & (IDEAS.c.id == idea)
        row = self._unit.row(select(IDEAS.c.manage_tag).where(mine))
        if row is None:
            raise _unknown(slug, idea)
        return str(row.manage_tag)

    def submitted_by(self, slug: RoundId, email: str) -> int:
        """Count the ideas of this address in a round; withdrawn and merged ones do not count."""
        theirs = select(SUBMITTERS.c.idea).where(SUBMITTERS.c.email_key == _key(email))
        query = select(func.count()).select_from(IDEAS)
        return self._unit.number(
            query.where(IDEAS.c.round == slug, IDEAS.c.id.in_(theirs), IDEAS.c.state.not_in(_GONE))
        )

    def _where(self, those: ColumnElement[bool]) -> tuple[Idea, ...]:
        rows = self._unit.rows(select(IDEAS).where(those).order_by(IDEAS.c.number))
        names: dict[str, list[Submitter]] = defaultdict(list)
        joined = select(SUBMITTERS).join(IDEAS, IDEAS.c.id == SUBMITTERS.c.idea).where(those)
        for row in self._unit.rows(joined.order_by(SUBMITTERS.c.position)) if rows else ():
            names[row.idea].append(Submitter(row.name, row.email, row.helper))
        return tuple(_idea(row, names[row.id]) for row in rows)


def _idea(row: Line, submitters: Iterable[Submitter]) -> Idea:
    plain = {name: getattr(row, name) for name in _PLAIN}
    lines = tuple(CostLine(*line) for line in json.loads(row.cost_lines))
    review = read_review(row.review)
    return Idea(**plain, submitters=tuple(submitters), review=review, cost_lines=lines)


def _fields(idea: Idea) -> dict[str, Any]:
    plain = {name: getattr(idea, name) for name in _PLAIN}
    lines = [(one.what, one.many, one.each_cents) for one in idea.cost_lines]
    return {**plain, "review": review_text(idea.review), "cost_lines": json.dumps(lines)}


def _submitter_rows(idea: Idea) -> Iterable[Fields]:
    for position, one in enumerate(idea.submitters, start=1):
        yield {
            "idea": idea.id,
            "position": position,
            "name": one.name,
            "email": one.email,
            "email_key": _key(one.email) if one.email else None,
            "helper": one.helper,
        }


def _key(email: str) -> str:
    return email.strip().casefold()


def _unknown(slug: RoundId, idea: IdeaId) -> UnknownIdea:
    return UnknownIdea(
        f"round {slug[:40]!r} has no idea {idea[:64]!r}", round=slug[:40], idea=idea[:64]
    )
