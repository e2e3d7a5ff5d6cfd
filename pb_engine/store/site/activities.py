"""Activities of rounds: what was done to reach residents."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from pb_engine.domain.activities import Activity, ActivityKind
from pb_engine.store.site.front_tables import ACTIVITIES
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = ACTIVITIES.c
_TOLD = (_C.id, _C.round, _C.day, _C.kind, _C.place, _C.people, _C.result, _C.attachment)


class Activities:
    """The activities of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, activity: Activity, file: bytes = b"") -> None:
        """Keep an activity with the file that belongs to it.

        :raises StoreProblem: no round has this slug.
        """
        row = {name: getattr(activity, name) for name in Activity.__dataclass_fields__}
        self._unit.add(ACTIVITIES, {**row, "kind": str(activity.kind), "file": file})

    def all(self, slug: RoundId) -> tuple[Activity, ...]:
        """Return the activities of a round, the earliest first."""
        query = select(*_TOLD).where(_C.round == slug).order_by(_C.day, _C.id)
        return tuple(map(_activity, self._unit.rows(query)))

    def count(self, slug: RoundId) -> int:
        """Count the activities of a round."""
        return self._unit.number(select(func.count()).where(_C.round == slug))

    def file(self, slug: RoundId, activity: str) -> tuple[str, bytes] | None:
        """Return media type and content of the file with an activity."""
        mine = (_C.round == slug) & (_C.id == activity) & (_C.attachment != "")
        for row in self._unit.rows(select(_C.attachment, _C.file).where(mine)):
            return row.attachment, bytes(row.file)
        return None

    def remove(self, slug: RoundId, activity: str) -> bool:
        """Remove an activity and its file; tell whether it was there."""
        mine = (_C.round == slug) & (_C.id == activity)
        return self._unit.change(delete(ACTIVITIES).where(mine)) == 1


def _activity(row: Line) -> Activity:
    return Activity(
        id=row.id,
        round=row.round,
        day=row.day,
        kind=ActivityKind(row.kind),
        place=row.place,
        people=row.people,
        result=row.result,
        attachment=row.attachment,
    )
