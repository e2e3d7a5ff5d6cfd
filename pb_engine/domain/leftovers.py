"""Money that nobody spent: it goes back, or it is saved for the area for some years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.domain.works import months_later
from pb_engine.units import AreaId, Cents, IdeaId, RoundId

LONGEST_PURPOSE = 200
SOON_MONTHS = 6
MOST_YEARS = 3
"""For so many years a municipality lets an area save."""

UNDIVIDED = IdeaId("")
"""Stands for the money of a round that went to no idea."""

NOTHING = Cents(0)


class Fate(StrEnum):
    """What becomes of money that is left."""

    RETURNS = "returns"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class SavedShare:
    """Money of an earlier round that a round uses.

    :ivar round: where it was left.
    :ivar part: the idea that did not spend it; ``UNDIVIDED`` for what went to no idea.
    """

    round: RoundId
    cents: Cents
    part: IdeaId = UNDIVIDED


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is decided of money that is left: a plan, until the amount is known.

    :ivar part: the idea that does not spend it, or ``UNDIVIDED``.
    :ivar purpose: what the area saves for; empty where it goes back.
    :ivar years: for how many years it is saved, 1 to ``MOST_YEARS``; 0 where it goes back.
    :ivar settled_on: when the amount became final; ``None`` for a plan.
    :ivar cents: the final amount.
    :ivar used_by: the round that uses saved money.
    """

    round: RoundId
    part: IdeaId
    fate: Fate
    purpose: str = ""
    years: int = 0
    settled_on: date | None = None
    cents: Cents = NOTHING
    used_by: RoundId | None = None
    version: int = 0

    @property
    def until(self) -> date | None:
        """Return the last day on which a round can begin with saved money."""
        if self.settled_on is None or self.fate is not Fate.SAVED:
            return None
        return months_later(self.settled_on, 12 * self.years)

    def lapsed(self, today: date) -> bool:
        """Tell whether no round used saved money by its last day: then it goes back after all."""
        return self.until is not None and self.until < today and self.used_by is None

    @property
    def share(self) -> SavedShare:
        """Return the money as a round names it."""
        return SavedShare(self.round, self.cents, self.part)


@dataclass(frozen=True, slots=True)
class SavedMoney:
    """Saved money that a round can use.

    :ivar areas: the areas that saved it.
    :ivar title: of the idea that did not spend it; empty for money that went to no idea.
    :ivar ends_soon: its last day is less than half a year away.
    """

    leftover: Leftover
    title: str
    areas: tuple[AreaId, ...]
    ends_soon: bool = False

    @property
    def until(self) -> date:
        """Return the last day on which a round can begin with it."""
        until = self.leftover.until
        assert until is not None  # noqa: S101 - only saved money is offered
        return until
