"""All ballots of an election, identical ones counted together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.tallying.columns import Columns, Support, support_of
from pb_engine.tallying.gathering import Gathering
from pb_engine.units import ProjectId

_AT_ONCE = 50_000
"""Ballots that are objects at the same time."""


@dataclass(frozen=True, eq=False)
class Profile:
    """All ballots, without their order: the same ballots in any order are the same profile.

    :ivar columns: the distinct ballots as numbers, in no particular order.
    """

    columns: Columns

    @classmethod
    def of(cls, ballots: Iterable[Ballot]) -> Profile:
        """Group ballots, read once as a stream; identical ones are never held twice.

        :raises pb_engine.errors.TallyRefused: ballots of more than one format.
        """
        gathering = Gathering()
        stream = iter(ballots)
        while some := Counter(islice(stream, _AT_ONCE)):
            gathering.add(Columns.of(some))
        return cls(gathering.columns())

    @property
    def format(self) -> BallotFormat | None:
        """The format of the ballots; ``None`` when there are none."""
        return self.columns.format

    @property
    def voters(self) -> int:
        """How many ballots there are; blank ones count."""
        return int(self.columns.times.sum())

    @cached_property
    def groups(self) -> tuple[tuple[Ballot, int], ...]:
        """Distinct ballots with how often each was cast, in canonical order."""
        counted: Counter[Ballot] = Counter()
        for ballot, times in self.columns.ballots():
            counted[ballot] += times
        return tuple(sorted(counted.items(), key=lambda group: group[0].marks))

    @cached_property
    def channel_groups(self) -> tuple[tuple[str, Ballot, int], ...]:
        """Return ``groups`` apart by channel; there is none when no ballot says its channel."""
        if self.columns.channels is None:
            return ()
        names = self.columns.channel_names
        channels = (names[at] for at in self.columns.channels.tolist())
        rows = zip(channels, self.columns.ballots(), strict=True)
        found = ((channel, ballot, times) for channel, (ballot, times) in rows)
        return tuple(sorted(found, key=lambda row: (row[0], row[1].marks)))

    def support(self, projects: Sequence[ProjectId]) -> Support:
        """Return who marks which of these projects; worked out once."""
        wanted = tuple(projects)
        if wanted not in self._supports:
            self._supports[wanted] = support_of(self.columns, wanted)
        return self._supports[wanted]

    @cached_property
    def _supports(self) -> dict[tuple[ProjectId, ...], Support]:
        return {}

    def __eq__(self, other: object) -> bool:
        """Say whether the same ballots were cast as often, through the same channels."""
        if not isinstance(other, Profile):
            return NotImplemented
        if self.format != other.format or self.channel_groups != other.channel_groups:
            return False
        return self.groups == other.groups

    def __hash__(self) -> int:
        return hash(self.groups)

    def __repr__(self) -> str:
        return f"Profile({self.voters} ballots, {len(self.columns.times)} different)"
