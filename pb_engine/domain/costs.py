"""What something costs, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.units import Cents


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of an estimate: so many of something, at so much each."""

    what: str
    many: int
    each_cents: Cents

    @property
    def sum_cents(self) -> Cents:
        """What they cost together."""
        return Cents(self.many * self.each_cents)
