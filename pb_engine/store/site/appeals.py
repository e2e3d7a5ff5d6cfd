"""Requests to look at a judgement again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, select, update

from pb_engine.domain.conversation import AppealState
from pb_engine.errors import UnknownIdea
from pb_engine.store.site.front_tables import APPEALS
from pb_engine.store.site.tables import IDEAS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import IdeaId, RoundId

_C = APPEALS.c


@dataclass(frozen=True, slots=True)
class Appeal:
    """A request of a submitter, and what was decided.

    :ivar answered_by: short name of the official, for the desk.
    """

    id: str
    idea: IdeaId
    body: str
    asked_on: date
    state: AppealState = AppealState.OPEN
    answer: str = ""
    answered_by: str = ""
    answered_on: date | None = None


class Appeals:
    """The appeals of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, appeal: Appeal) -> None:
        """Add an appeal; whoever adds another one for the same idea waits until this unit ends."""
        self._unit.add(APPEALS, _row(appeal))

    def queue(self, idea: IdeaId) -> None:
        """Wait until nobody else adds or decides an appeal of an idea."""
        self._unit.queue(f"appeals of {idea}")

    def of_idea(self, idea: IdeaId) -> tuple[Appeal, ...]:
        """Return the appeals of an idea, the oldest first."""
        return self._where(_C.idea == idea)

    def of_round(self, slug: RoundId) -> tuple[Appeal, ...]:
        """Return the appeals of a round, the oldest first."""
        return self._where(IDEAS.c.round == slug)

    def get(self, slug: RoundId, appeal: str) -> Appeal:
        """Return an appeal of a round.

        :raises UnknownIdea: this round has no such appeal.
        """
        found = self._where((IDEAS.c.round == slug) & (_C.id == appeal))
        if not found:
            raise UnknownIdea(f"this round has no appeal {appeal[:64]!r}", problem="appeal")
        return found[0]

    def decide(self, appeal: Appeal) -> bool:
        """Keep what was decided; ``False`` when somebody else decided first."""
        still = (_C.id == appeal.id) & (_C.state == AppealState.OPEN)
        return bool(self._unit.change(update(APPEALS).where(still).values(**_row(appeal))))

    def _where(self, those: ColumnElement[bool]) -> tuple[Appeal, ...]:
        query = select(APPEALS).join(IDEAS, IDEAS.c.id == _C.idea).where(those)
        rows = self._unit.rows(query.order_by(_C.asked_on, _C.id))
        return tuple(map(_appeal, rows))


def _row(appeal: Appeal) -> dict[str, object]:
    plain = {field.name: getattr(appeal, field.name) for field in fields(Appeal)}
    return {**plain, "state": str(appeal.state)}


def _appeal(row: Line) -> Appeal:
    plain = {field.name: getattr(row, field.name) for field in fields(Appeal)}
    return Appeal(**{**plain, "state": AppealState(row.state)})
