"""The same ballots under other circumstances: never the outcome, always an answer to a question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from pb_engine.errors import TallyRefused
from pb_engine.tallying.election import Election
from pb_engine.tallying.lots import draw_lot
from pb_engine.units import Cents


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question: another budget, projects that had not been there, another lot.

    :ivar budget: in the election's smallest unit; ``None`` leaves it.
    :ivar seed: of the lot; ``None`` leaves the lot.
    """

    budget: int | None = None
    without: Collection[str] = ()
    seed: str | None = None

    def asked_of(self, election: Election) -> Election:
        """Return the election as it would have been; ballots keep their other marks.

        :raises TallyRefused: a project to leave out is not there, or the budget is below zero.
        """
        ids = {project.id for project in election.projects}
        for project in self.without:
            if project not in ids:
                raise TallyRefused(f"there is no project {project[:64]!r} to leave out")
        if self.budget is not None and self.budget < 0:
            raise TallyRefused("a budget is never below zero")
        kept = tuple(p for p in election.projects if p.id not in frozenset(self.without))
        remaining = frozenset(project.id for project in kept)
        lot = tuple(project for project in election.lot if project in remaining)
        if self.seed is not None:
            lot = draw_lot(self.seed, remaining)
        budget = election.budget if self.budget is None else Cents(self.budget)
        return replace(election, budget=budget, projects=kept, lot=lot)
