"""How residents were reached and what they told: one part of what the site store can do."""

from __future__ import annotations

from pb_engine.store.site.activities import Activities
from pb_engine.store.site.aids import Aids
from pb_engine.store.site.channel_plans import ChannelPlans
from pb_engine.store.site.stories import Stories
from pb_engine.store.unit import Unit, Work


class ReachingWork(Work):
    """Activities, channel plans, stories, and what helps ideas along, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.activities = Activities(unit)
        self.channel_plans = ChannelPlans(unit)
        self.stories = Stories(unit)
        self.aids = Aids(unit)
