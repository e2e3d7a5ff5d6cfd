"""What may happen once, and did."""

from __future__ import annotations

from sqlalchemy import delete

from pb_engine.store.register.tables import SPENT
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId


class Spent:
    """Keyed hashes of what was used up: a link in a mail, an answer of an outside log-in."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def spend(self, slug: RoundId, tag: str) -> bool:
        """Use it up; of two units that try exactly one gets ``True``."""
        return self._unit.add_new(SPENT, [{"round": slug, "tag": tag}]) == 1

    def queue(self, slug: RoundId, subject: str) -> None:
        """Keep others who count the same thing of a round waiting until this unit ends."""
        self._unit.queue(f"{subject} in {slug}")

    def forget(self, slug: RoundId) -> int:
        """Remove what was used up of a round; return how many went."""
        return self._unit.change(delete(SPENT).where(SPENT.c.round == slug))
