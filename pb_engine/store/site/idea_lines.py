"""Ideas as lines of a list: one statement for any number of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pb_engine.domain.ideas import IdeaState
from pb_engine.store.columns import from_json
from pb_engine.store.site.tables import IDEAS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import AreaId, Cents, IdeaId, RoundId

_COLUMNS = tuple(
    IDEAS.c[name]
    for name in (
        "id",
        "round",
        "number",
        "title",
        "cost_cents",
        "review",
        "area",
        "theme",
        "state",
        "submitted_on",
        "language",
        "latitude_e6",
        "longitude_e6",
    )
)


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """What a list asks of an idea.

    :ivar price: the final cost where the commission set one, else the estimate.
    """

    id: IdeaId
    round: RoundId
    number: int
    title: str
    price: Cents
    area: AreaId | None
    theme: str
    state: IdeaState
    submitted_on: date
    language: str
    latitude_e6: int | None = None
    longitude_e6: int | None = None


class IdeaLines:
    """The ideas that are on the lists: all but those that were taken back."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def listed(self, slug: RoundId | None = None) -> tuple[IdeaLine, ...]:
        """Return the ideas of a round, or of all rounds, in no order that means anything."""
        query = select(*_COLUMNS).where(IDEAS.c.state != IdeaState.WITHDRAWN)
        if slug is not None:
            query = query.where(IDEAS.c.round == slug)
        return tuple(map(_line, self._unit.rows(query)))

    def descriptions(self, ideas: Collection[IdeaId]) -> Mapping[IdeaId, str]:
        """Return what these ideas tell about themselves; ask for one page of them at a time."""
        query = select(IDEAS.c.id, IDEAS.c.description).where(IDEAS.c.id.in_(ideas))
        return {row.id: row.description for row in self._unit.rows(query)} if ideas else {}


def _line(row: Line) -> IdeaLine:
    # Only this of a review: a list must not read a thousand of them whole.
    final = from_json(row.review)["final_cost_cents"] if row.review else None
    return IdeaLine(
        id=row.id,
        round=row.round,
        number=row.number,
        title=row.title,
        price=row.cost_cents if final is None else final,
        area=row.area,
        theme=row.theme,
        state=row.state,
        submitted_on=row.submitted_on,
        language=row.language,
        latitude_e6=row.latitude_e6,
        longitude_e6=row.longitude_e6,
    )
