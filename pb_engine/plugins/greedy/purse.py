"""The money during a walk: what is in the pots, what is shared, and what ceilings leave room."""

from __future__ import annotations

from pb_engine.api import Project
from pb_engine.plugins.greedy.conditions import Conditions


class Purse:
    """The money that is left.

    :ivar shared: cents that everybody without a pot may spend.
    :ivar pots: cents by pot.
    """

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions
        self.shared = conditions.shared
        self.pots = dict(conditions.pots)
        self._rooms = dict(conditions.ceilings)
        self._poured = False

    @property
    def left(self) -> int:
        """Cents that are left in all, ceilings or not."""
        return self.shared + sum(self.pots.values())

    def pour(self) -> None:
        """Pour the pots together and drop the ceilings."""
        self.shared, self.pots, self._poured = self.left, {}, True

    def pot(self, project: Project) -> str:
        """Return the pot that pays for a project; nothing where all share."""
        return "" if self._poured else self._conditions.pot_of.get(project.id, "")

    def ceiling(self, project: Project) -> str:
        """Return the group that leaves a project least room; nothing where none limits it."""
        groups = [] if self._poured else self._conditions.ceilings_of.get(project.id, [])
        return min(groups, key=lambda group: (self._rooms[group], group), default="")

    def room(self, group: str) -> int:
        """Return the cents that a group may still cost."""
        return self._rooms[group]

    def money(self, project: Project) -> int:
        """Return the cents that could pay for a project, whatever its ceilings."""
        pot = self.pot(project)
        return self.pots[pot] if pot else self.shared

    def most(self, project: Project) -> int:
        """Return the most that a project may have now."""
        group, money = self.ceiling(project), self.money(project)
        return max(0, min(money, self.room(group))) if group else money

    def pay(self, project: Project) -> None:
        """Take out what a project costs."""
        if pot := self.pot(project):
            self.pots[pot] -= project.cost
        else:
            self.shared -= project.cost
        for group in self._conditions.ceilings_of.get(project.id, []):
            self._rooms[group] -= project.cost
