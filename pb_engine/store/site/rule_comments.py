"""What residents say of rules before they freeze."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from pb_engine.store.site.front_tables import RULE_COMMENTS
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = RULE_COMMENTS.c


@dataclass(frozen=True, slots=True)
class RuleComment:
    """What somebody says; nobody knows who."""

    id: str
    round: RoundId
    body: str
    written_on: date


class RuleComments:
    """The comments on the rules of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, comment: RuleComment) -> None:
        """Keep a comment.

        :raises StoreProblem: its round is not there.
        """
        self._unit.add(RULE_COMMENTS, dataclasses.asdict(comment))

    def number(self, slug: RoundId) -> int:
        """Return how many there are in a round."""
        mine = _C.round == slug
        return self._unit.number(select(func.count()).select_from(RULE_COMMENTS).where(mine))

    def all(self, slug: RoundId) -> tuple[RuleComment, ...]:
        """Return those of a round, by day."""
        query = select(RULE_COMMENTS).where(_C.round == slug).order_by(_C.written_on, _C.id)
        rows = self._unit.rows(query)
        return tuple(RuleComment(r.id, RoundId(r.round), r.body, r.written_on) for r in rows)
