"""Who wants to hear of an idea, or of a round, by e-mail: only addresses that were confirmed."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import delete, func, literal, or_, select

from pb_engine.store.site.front_tables import FOLLOWS
from pb_engine.store.site.tables import IDEAS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = FOLLOWS.c


@dataclass(frozen=True, slots=True)
class Follow:
    """Somebody follows something.

    :ivar subject: ``idea:<id>``, or ``news:<round>`` for the letters of a round.
    :ivar email_key: keyed hash of the address, so that one address follows once.
    """

    id: str
    subject: str
    email: str
    email_key: str
    locale: str


class Follows:
    """Who follows what."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, follow: Follow) -> bool:
        """Let somebody follow; ``False`` when this address follows this already."""
        return self._unit.add_new(FOLLOWS, [asdict(follow)]) == 1

    def of(self, subject: str) -> tuple[Follow, ...]:
        """Return who follows something."""
        rows = self._unit.rows(select(FOLLOWS).where(_C.subject == subject).order_by(_C.id))
        return tuple(_follow(row) for row in rows)

    def number(self, subject: str) -> int:
        """Count who follows something."""
        return self._unit.number(select(func.count()).where(_C.subject == subject))

    def get(self, follow: str) -> Follow | None:
        """Return who follows under an identifier, or ``None``."""
        row = self._unit.row(select(FOLLOWS).where(_C.id == follow))
        return None if row is None else _follow(row)

    def end(self, follow: str) -> None:
        """Forget a follower and the address."""
        self._unit.change(delete(FOLLOWS).where(_C.id == follow))

    def forget(self, slug: RoundId) -> int:
        """Forget all who follow a round or its ideas; return how many there were."""
        ideas = select(literal("idea:") + IDEAS.c.id).where(IDEAS.c.round == slug)
        mine = or_(_C.subject.in_(ideas), _C.subject == f"news:{slug}")
        return self._unit.change(delete(FOLLOWS).where(mine))


def _follow(row: Line) -> Follow:
    return Follow(row.id, row.subject, row.email, row.email_key, row.locale)
