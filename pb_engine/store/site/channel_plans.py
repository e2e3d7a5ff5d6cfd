"""Channel plans in the site store: whom a round wants to reach."""

from __future__ import annotations

import dataclasses

from sqlalchemy import select, update

from pb_engine.domain.channels import ChannelPlan, ChannelSlot
from pb_engine.store.columns import from_json, json_text
from pb_engine.store.site.reach_tables import CHANNEL_PLANS
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = CHANNEL_PLANS.c


class ChannelPlans:
    """The channel plans of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self, slug: RoundId) -> ChannelPlan:
        """Return the plan of a round; an empty one while nobody wrote it."""
        row = self._unit.row(select(CHANNEL_PLANS).where(_C.round == slug))
        if row is None:
            return ChannelPlan(slug)
        slots = tuple(ChannelSlot(**one) for one in from_json(row.slots))
        return ChannelPlan(slug, slots, row.version)

    def save(self, plan: ChannelPlan) -> bool:
        """Keep a plan, whose ``version`` is the one that was seen; tell whether it still was.

        :raises StoreProblem: no round has this slug.
        """
        row = {
            "round": plan.round,
            "slots": json_text([dataclasses.asdict(one) for one in plan.slots]),
            "version": plan.version + 1,
        }
        if not plan.version:
            return bool(self._unit.add_new(CHANNEL_PLANS, [row]))
        mine = (_C.round == plan.round) & (_C.version == plan.version)
        return self._unit.change(update(CHANNEL_PLANS).where(mine).values(**row)) == 1
