"""What invented voters look at: projects with an area and a theme, and where voters live."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.tallying.election import Election, Profile, Project
from pb_engine.tallying.simulating.draws import Draws
from pb_engine.units import Cents, ProjectId


@dataclass(frozen=True, slots=True)
class Choice:
    """A project with what a voter could like it for.

    :ivar area: the area it is for; empty when it is for everybody.
    :ivar theme: its subject; empty when it has none.
    """

    project: Project
    area: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """An election without ballots.

    :ivar choices: in the order of the ballot paper.
    :ivar residents: areas where voters live, each with a whole number in proportion to how many.
    :ivar currency: as in ``Election``.
    :ivar unit: as in ``Election``.
    """

    choices: tuple[Choice, ...]
    budget: Cents
    residents: tuple[tuple[str, int], ...] = ()
    currency: str = "EUR"
    unit: int = 100

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects in the order of the ballot paper."""
        return tuple(choice.project for choice in self.choices)

    def election(self, profile: Profile, lot: tuple[ProjectId, ...]) -> Election:
        """Return the election in which these ballots were cast."""
        return Election(self.budget, self.projects, profile, lot, self.currency, self.unit)

    def money(self, amount: int, locale: str = "nl") -> str:
        """Write an amount in the smallest unit as residents read it."""
        return self.election(Profile.of(()), ()).money(amount, locale)

    def lot(self, draws: Draws) -> tuple[ProjectId, ...]:
        """Draw an order of the projects that settles ties."""
        return tuple(draws.shuffled([project.id for project in self.projects]))
