"""The plan by which an idea that got money is carried out: its steps, and what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pb_engine.units import Cents, IdeaId, RoundId

LONGEST_NAME = 80
"""Characters of what a step is called, and of what was paid for."""

MOST_MILESTONES = 12


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step in the work on an idea, as residents read it.

    :ivar due_on: when it must be done.
    :ivar done_on: when it was done; ``None`` until then.
    """

    name: str
    due_on: date
    done_on: date | None = None

    def late(self, today: date) -> bool:
        """Tell whether it should have been done by now."""
        return self.done_on is None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that was spent on an idea on a day.

    :ivar cents: above zero.
    :ivar what: what it was spent on, as residents read it.
    """

    id: str
    round: RoundId
    idea: IdeaId
    paid_on: date
    cents: Cents
    what: str
