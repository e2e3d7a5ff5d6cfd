"""Everything that a voting method may look at."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.errors import TallyRefused
from pb_engine.tallying.columns import Support
from pb_engine.tallying.hand_count import Totals
from pb_engine.tallying.profile import Profile
from pb_engine.units import Cents, ProjectId, euros

__all__ = ["Election", "Profile", "Project"]


@dataclass(frozen=True, slots=True)
class Project:
    """An idea on the ballot paper: an identifier, a cost in cents, and a title for sentences."""

    id: ProjectId
    cost: Cents
    title: str = ""


@dataclass(frozen=True, slots=True)
class Election:
    """Projects, money, ballots, and the lot that settles ties.

    :ivar budget: cents available.
    :ivar projects: in the order of the ballot paper; identifiers are unique.
    :ivar lot: every project once; of two tied projects the one that stands earlier wins.
    :ivar currency: ISO 4217, for sentences only.
    :ivar unit: how many of the smallest unit make one of the currency: 100 cents, a euro.
    :ivar totals: paper that was counted by hand, of which no single ballot is known; it is not in
        ``profile``, and a method that needs more than totals is never given such an election.
    """

    budget: Cents
    projects: tuple[Project, ...]
    profile: Profile
    lot: tuple[ProjectId, ...]
    currency: str = "EUR"
    unit: int = 100
    totals: Totals | None = None

    @property
    def support(self) -> Support:
        """Who marks which project, in the order of ``projects``."""
        return self.profile.support([project.id for project in self.projects])

    @property
    def voters(self) -> int:
        """How many people voted, those whose sheets were counted as totals with them."""
        return self.profile.voters + (self.totals.sheets if self.totals else 0)

    @property
    def votes(self) -> tuple[int, ...]:
        """How many voters mark each project, in the order of ``projects``, totals with them."""
        counted = self.support.voters
        if self.totals is None:
            return counted
        by_hand = self.totals.votes
        pairs = zip(self.projects, counted, strict=True)
        return tuple(votes + by_hand.get(one.id, 0) for one, votes in pairs)

    def lot_places(self) -> tuple[int, ...]:
        """Return the place of every project in the lot, in the order of ``projects``.

        :raises TallyRefused: the lot does not hold every project exactly once.
        """
        place = {project: at for at, project in enumerate(self.lot)}
        ids = {project.id for project in self.projects}
        if len(self.lot) != len(self.projects) or set(place) != ids:
            raise TallyRefused("the lot must hold every project of the election exactly once")
        return tuple(place[project.id] for project in self.projects)

    def money(self, amount: int, locale: str = "nl") -> str:
        """Write an amount in the smallest unit as residents read it: ``€ 6.400``."""
        cents, rest = divmod(amount * 100, self.unit)
        written = euros(cents + (2 * rest >= self.unit), locale)
        if self.currency == "EUR":
            return written
        return written.replace("€ ", "€").replace("€", f"{self.currency} ")
