"""What a voting method must give back: a decision about every project, and its trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from pb_engine.units import LocalText, ProjectId

Exact = int | str
"""A whole number, a word, or a rational written as text: ``"7/3"``.  Never a float."""

_NOTHING: Mapping[str, Exact] = MappingProxyType({})


class Verdict(StrEnum):
    """Whether a project gets its money."""

    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one project, and by what.

    :ivar reason: a word from the closed list in the method's documentation.
    :ivar voters: how many ballots mark this project.
    :ivar facts: the exact numbers behind the reason, as the method documents them.
    :ivar tied_with: projects that the lot put behind or before this one where it mattered.
    """

    project: ProjectId
    verdict: Verdict
    reason: str
    voters: int
    facts: Mapping[str, Exact] = field(default_factory=lambda: _NOTHING)
    tied_with: tuple[ProjectId, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a tally.

    :ivar selected: the funded projects, in the order in which they were funded.
    :ivar decisions: exactly one per project, in the order in which they were decided.
    :ivar facts: exact numbers about the whole count (an endowment, a completion used).
    """

    method: str
    version: str
    selected: tuple[ProjectId, ...]
    decisions: tuple[Decision, ...]
    facts: Mapping[str, Exact] = field(default_factory=lambda: _NOTHING)

    def decision(self, project: ProjectId) -> Decision:
        """Return the decision about ``project``.

        :raises KeyError: the project is not in this outcome.
        """
        for decision in self.decisions:
            if decision.project == project:
                return decision
        raise KeyError(project)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a project got its verdict: one sentence a neighbour understands, then the steps."""

    sentence: LocalText
    steps: tuple[LocalText, ...] = ()
