"""The people of a voter register: found by name or address, and gone when their term is over."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, delete, func, select, update

from pb_engine.store.register.tables import RESIDENTS
from pb_engine.store.register.values import Resident, ResidentState
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = RESIDENTS.c
_FIELDS = [field.name for field in dataclasses.fields(Resident)]


class Residents:
    """The residents of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add_many(self, residents: Iterable[Resident]) -> None:
        """Add residents whose voting rights exist.

        :raises StoreProblem: a voting right does not exist, or belongs to somebody already.
        """
        self._unit.add(RESIDENTS, *map(dataclasses.asdict, residents))

    def get(self, slug: RoundId, resident: str) -> Resident | None:
        """Return a resident by identifier, or ``None``."""
        return self._one(slug, _C.id == resident)

    def of_entitlement(self, slug: RoundId, entitlement: str) -> Resident | None:
        """Return whose voting right this is, or ``None`` where the register names nobody."""
        return self._one(slug, _C.entitlement == entitlement)

    def of_person(self, slug: RoundId, person: str) -> Resident | None:
        """Return a resident by the keyed hash of the municipality's number, or ``None``."""
        return self._one(slug, _C.person == person)

    def with_email(self, slug: RoundId, email: str, *, most: int = 10) -> tuple[Resident, ...]:
        """Return the active residents to whom this address belongs; a household may share one."""
        mine = (_C.email == email) & (_C.state == ResidentState.ACTIVE)
        return self._some(slug, mine, most)

    def at_address(
        self, slug: RoundId, postcode: str, house: int, *, most: int = 50
    ) -> tuple[Resident, ...]:
        """Return who is registered at a house number; secret addresses stay out."""
        here = (_C.postcode == postcode) & (_C.house == house) & _C.secret.in_((False,))
        return self._some(slug, here, most)

    def named(self, slug: RoundId, sought: str, *, most: int = 50) -> tuple[Resident, ...]:
        """Return residents whose name contains this text.

        :param sought: small letters without accents; at least three, or nobody is found.
        """
        if len(sought) < 3:  # noqa: PLR2004 - fewer would list half a neighbourhood
            return ()
        return self._some(slug, _C.sought.contains(sought, autoescape=True), most)

    def each(self, slug: RoundId, *, area: str | None = None) -> Iterator[Resident]:
        """Yield the residents of a round in order of address, a thousand in memory at a time."""
        query = select(RESIDENTS).where(_C.round == slug)
        if area is not None:
            query = query.where(_C.area == area)
        rows = self._unit.each(query.order_by(_C.postcode, _C.house, _C.addition, _C.id))
        return map(_resident, rows)

    def count(self, slug: RoundId) -> int:
        """Count the residents of a round, whatever their state."""
        return self._unit.number(select(func.count()).where(_C.round == slug))

    def change(self, after: Resident) -> bool:
        """Write a resident anew under the same identifier; tell whether it was there."""
        fields = dataclasses.asdict(after)
        mine = (_C.round == after.round) & (_C.id == after.id)
        return self._unit.change(update(RESIDENTS).where(mine).values(fields)) == 1

    def forget(self, slug: RoundId) -> int:
        """Remove everybody of a round; the voting rights stay.  Return how many rows went."""
        return self._unit.change(delete(RESIDENTS).where(_C.round == slug))

    def _one(self, slug: RoundId, those: ColumnElement[bool]) -> Resident | None:
        row = self._unit.row(select(RESIDENTS).where((_C.round == slug) & those))
        return None if row is None else _resident(row)

    def _some(self, slug: RoundId, those: ColumnElement[bool], most: int) -> tuple[Resident, ...]:
        query = select(RESIDENTS).where((_C.round == slug) & those)
        rows = self._unit.rows(query.order_by(_C.sought, _C.id).limit(most))
        return tuple(map(_resident, rows))


def _resident(row: Line) -> Resident:
    return Resident(*(getattr(row, name) for name in _FIELDS))
