"""What was spent on funded ideas, and the steps of the work on them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from sqlalchemy import delete, select

from pb_engine.domain.delivery import Milestone, Payment
from pb_engine.store.site.delivery_tables import MILESTONES, PAYMENTS
from pb_engine.store.unit import Unit
from pb_engine.units import Cents, IdeaId, RoundId


class Deliveries:
    """The payments and milestones of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def payments(self, slug: RoundId) -> tuple[Payment, ...]:
        """Return what was spent in a round, the earliest first."""
        rows = self._unit.rows(select(PAYMENTS).where(PAYMENTS.c.round == slug))
        paid = (
            Payment(r.id, RoundId(r.round), IdeaId(r.idea), r.paid_on, Cents(r.cents), r.what)
            for r in rows
        )
        return tuple(sorted(paid, key=lambda one: (one.paid_on, one.id)))

    def pay(self, payment: Payment) -> None:
        """Keep a payment."""
        self._unit.add(PAYMENTS, dataclasses.asdict(payment))

    def take_back(self, slug: RoundId, idea: IdeaId, payment_id: str) -> bool:
        """Forget a payment; tell whether there was one."""
        c = PAYMENTS.c
        mine = (c.round == slug) & (c.idea == idea) & (c.id == payment_id)
        return self._unit.change(delete(PAYMENTS).where(mine)) == 1

    def milestones(self, slug: RoundId) -> dict[IdeaId, tuple[Milestone, ...]]:
        """Return the steps of the works of a round, by idea, in order."""
        c = MILESTONES.c
        wanted = select(MILESTONES).where(c.round == slug).order_by(c.idea, c.position)
        found: dict[IdeaId, tuple[Milestone, ...]] = {}
        for r in self._unit.rows(wanted):
            idea = IdeaId(r.idea)
            found[idea] = (*found.get(idea, ()), Milestone(r.name, r.due_on, r.done_on))
        return found

    def plan(self, slug: RoundId, idea: IdeaId, steps: Sequence[Milestone]) -> None:
        """Keep these steps instead of the ones that were there."""
        c = MILESTONES.c
        self._unit.change(delete(MILESTONES).where((c.round == slug) & (c.idea == idea)))
        rows = [
            {"round": slug, "idea": idea, "position": place, **dataclasses.asdict(one)}
            for place, one in enumerate(steps)
        ]
        self._unit.add(MILESTONES, *rows)
