"""Voting codes, by their keyed hash."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, delete, func, select, update

from pb_engine.store.register.tables import BATCHES, CODES, ENTITLEMENTS, RESIDENTS
from pb_engine.store.register.values import BatchKind, Channel, Code, CodeState, ResidentState
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = CODES.c


class Codes:
    """The voting codes of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add_many(self, codes: Iterable[Code]) -> None:
        """Add codes to voting rights that exist.

        :raises StoreProblem: a tag exists already, or a voting right does not.
        """
        self._unit.add(CODES, *map(dataclasses.asdict, codes))

    def next_batch(self, slug: RoundId) -> int:
        """Return the number for the next print run; nobody else gets it meanwhile."""
        self._unit.queue(f"batches of {slug}")
        return self.last_batch(slug) + 1

    def last_batch(self, slug: RoundId) -> int:
        """Return the number of the last print run of a round; 0 when there was none."""
        in_codes = self._unit.number(select(func.max(_C.batch)).where(_C.round == slug))
        mine = BATCHES.c.round == slug
        return max(in_codes, self._unit.number(select(func.max(BATCHES.c.batch)).where(mine)))

    def find(self, slug: RoundId, tag: str) -> Code | None:
        """Return the code with this tag in a round, or ``None``."""
        row = self._unit.row(select(CODES).where(_C.round == slug, _C.tag == tag))
        return None if row is None else _code(row)

    def each(self, slug: RoundId) -> Iterator[Code]:
        """Yield the codes of a round by voting right, a thousand in memory at a time."""
        query = select(CODES).where(_C.round == slug).order_by(_C.entitlement, _C.tag)
        return map(_code, self._unit.each(query))

    def forget(self, slug: RoundId) -> int:
        """Remove all codes of a round; the voting rights stay.  Return how many went."""
        return self._unit.change(delete(CODES).where(_C.round == slug))

    def set_state(
        self, slug: RoundId, tag: str, before: tuple[CodeState, ...], after: CodeState
    ) -> bool:
        """Change the state of a code, if it is one of ``before``; tell whether it was.

        Of two units that try at the same time exactly one gets ``True``.
        """
        return self._set(_C.tag == tag, slug, before, after) == 1

    def set_state_of(
        self, slug: RoundId, entitlement: str, before: tuple[CodeState, ...], after: CodeState
    ) -> int:
        """Change the state of all codes of a voting right; return how many changed."""
        return self._set(_C.entitlement == entitlement, slug, before, after)

    def set_state_of_batch(
        self, slug: RoundId, batch: int, before: tuple[CodeState, ...], after: CodeState
    ) -> int:
        """Change the state of all codes of a batch; return how many changed."""
        return self._set(_C.batch == batch, slug, before, after)

    def in_want(
        self, slug: RoundId, live: tuple[CodeState, ...], *, area: str | None = None
    ) -> Iterator[tuple[str, str, bool]]:
        """Yield who has a voting right that nobody used, and no code in one of the states ``live``.

        A card for a class does not count: whoever has one gets a letter like everybody.  Each is
        the identifier of a resident, of the voting right, and whether the address is secret; in
        order of address, a thousand in memory at a time.
        """
        person, right = RESIDENTS.c, ENTITLEMENTS.c
        mine = (_C.round == person.round) & (_C.entitlement == person.entitlement)
        kind = BATCHES.c.kind == BatchKind.SCHOOL
        cards = select(BATCHES.c.batch).where(BATCHES.c.round == slug, kind)
        of_letter = _C.batch.not_in(cards)
        query = (
            select(person.id, person.entitlement, person.secret)
            .join(ENTITLEMENTS, (right.round == person.round) & (right.id == person.entitlement))
            .where(person.round == slug, person.state == ResidentState.ACTIVE)
            .where(right.channel == Channel.NONE)
            .where(~select(_C.tag).where(mine, of_letter, _C.state.in_(live)).exists())
            .order_by(person.postcode, person.house, person.addition, person.id)
        )
        if area is not None:
            query = query.where(person.area == area)
        return ((row[0], row[1], row[2]) for row in self._unit.each(query))

    def counts_per_batch(self, slug: RoundId) -> Mapping[tuple[int, CodeState], int]:
        """Count the codes of a round per batch and state."""
        query = select(_C.batch, _C.state, func.count()).where(_C.round == slug)
        return {
            (row[0], row[1]): row[2] for row in self._unit.rows(query.group_by(_C.batch, _C.state))
        }

    def counts(self, slug: RoundId) -> Mapping[CodeState, int]:
        """Count the codes of all print runs of a round per state; every state is there.

        Codes that live for minutes at the counter belong to no print run.
        """
        query = select(_C.state, func.count()).where(_C.round == slug, _C.batch > 0)
        found = {row[0]: row[1] for row in self._unit.rows(query.group_by(_C.state))}
        return {state: found.get(state, 0) for state in CodeState}

    def _set(
        self,
        those: ColumnElement[bool],
        slug: RoundId,
        before: tuple[CodeState, ...],
        after: CodeState,
    ) -> int:
        where = (_C.round == slug) & those & _C.state.in_(before)
        return self._unit.change(update(CODES).where(where).values(state=after))


def _code(row: Line) -> Code:
    return Code(row.round, row.tag, row.entitlement, row.batch, row.state, row.seal)
