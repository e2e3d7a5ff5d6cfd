"""Voting rights: one row each, moved from channel to channel by one statement."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import delete, func, select, update

from pb_engine.store.register.tables import ENTITLEMENTS
from pb_engine.store.register.values import Channel, Entitlement
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_C = ENTITLEMENTS.c


class Entitlements:
    """The voting rights of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add_many(self, entitlements: Iterable[Entitlement]) -> int:
        """Add voting rights; those that exist stay as they are.  Return how many were new."""
        return self._unit.add_new(ENTITLEMENTS, map(dataclasses.asdict, entitlements))

    def get(self, slug: RoundId, entitlement: str) -> Entitlement | None:
        """Return a voting right of a round, or ``None``."""
        query = select(ENTITLEMENTS).where(_C.round == slug, _C.id == entitlement)
        row = self._unit.row(query)
        return None if row is None else _right(row)

    def each(self, slug: RoundId) -> Iterator[Entitlement]:
        """Yield the voting rights of a round by identifier, a thousand in memory at a time."""
        query = select(ENTITLEMENTS).where(_C.round == slug).order_by(_C.id)
        return map(_right, self._unit.each(query))

    def correct(self, after: Entitlement) -> bool:
        """Write area, second fact and seal of an unused voting right anew; tell whether it was."""
        mine = (_C.round == after.round) & (_C.id == after.id) & (_C.channel == Channel.NONE)
        values = {"area": after.area, "second": after.second, "seal": after.seal}
        return self._unit.change(update(ENTITLEMENTS).where(mine).values(values)) == 1

    def forget(self, slug: RoundId) -> int:
        """Remove all voting rights of a round.

        :raises StoreProblem: a resident, a code or a proxy still names one.
        """
        return self._unit.change(delete(ENTITLEMENTS).where(_C.round == slug))

    def forget_second(self, slug: RoundId) -> int:
        """Remove the second facts and the seals of a round; return how many rights had one."""
        mine = (_C.round == slug) & (_C.second.is_not(None) | _C.seal.is_not(None))
        empty = {"second": None, "seal": None}
        return self._unit.change(update(ENTITLEMENTS).where(mine).values(empty))

    def move(
        self, slug: RoundId, entitlement: str, before: tuple[Channel, ...], after: Channel
    ) -> bool:
        """Move a voting right to another channel, if it is on one of ``before``.

        Of two units that try at the same time exactly one gets ``True``.
        """
        mine = (_C.round == slug) & (_C.id == entitlement) & _C.channel.in_(before)
        return self._unit.change(update(ENTITLEMENTS).where(mine).values(channel=after)) == 1

    def counts_per_area(self, slug: RoundId) -> Mapping[tuple[str, Channel], int]:
        """Count the voting rights per area and channel; ``""`` where the round knows no area."""
        query = select(_C.area, _C.channel, func.count()).where(_C.round == slug)
        rows = self._unit.rows(query.group_by(_C.area, _C.channel))
        return {(row[0] or "", row[1]): row[2] for row in rows}

    def counts(self, slug: RoundId) -> Mapping[Channel, int]:
        """Count the voting rights of a round per channel; every channel is there."""
        query = select(_C.channel, func.count()).where(_C.round == slug).group_by(_C.channel)
        found = {row[0]: row[1] for row in self._unit.rows(query)}
        return {channel: found.get(channel, 0) for channel in Channel}


def _right(row: Line) -> Entitlement:
    return Entitlement(row.id, row.round, row.style, row.area, row.channel, row.second, row.seal)
