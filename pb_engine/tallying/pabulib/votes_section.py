"""What the readers of the section VOTES have to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pb_engine.ballots import BallotFormat
from pb_engine.tallying.pabulib.limits import Limits
from pb_engine.tallying.pabulib.places import Places
from pb_engine.tallying.pabulib.tolerance import Tolerance
from pb_engine.tallying.pabulib.voters import Voters
from pb_engine.units import ProjectId

CHANNEL = "voting_method"
MOST_CHANNELS = 64
"""More ways to vote than any city has."""


@dataclass(eq=False)
class VotesSection:
    """The columns that matter, the projects, the limits, and the voters that were met.

    :ivar repeats: how often a ballot named a project again.
    :ivar spaced: whether a list had spaces in it.
    :ivar below: how many ballots are below which minimum.
    """

    format: BallotFormat
    header: list[str]
    ids: tuple[ProjectId, ...]
    limits: Limits
    tolerance: Tolerance
    voters: Voters = field(default_factory=Voters)
    repeats: int = 0
    spaced: bool = False
    below: Counter[str] = field(default_factory=Counter)

    @property
    def weighed(self) -> bool:
        """Whether points stand beside the projects."""
        return self.format in {BallotFormat.POINTS, BallotFormat.SCORE}

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The columns that make a ballot."""
        needed = ("vote", "points") if self.weighed else ("vote",)
        return (*needed, CHANNEL) if CHANNEL in self.header else needed

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of every project."""
        return {project: at for at, project in enumerate(self.ids)}

    @cached_property
    def places(self) -> Places:
        """The same, for names that are numbers."""
        return Places(self.ids)

    def remarks(self) -> Iterator[str]:
        """Yield what was read over, in sentences."""
        if self.repeats:
            yield f"a ballot names a project again {self.repeats} times; once counts"
        if self.spaced:
            yield "there are spaces in lists of projects; they were read over"
        for minimum, ballots in self.below.items():
            if ballots:
                yield f"{ballots} ballots are below {minimum}; they count"
