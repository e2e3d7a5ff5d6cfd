"""What a vote weighs when channels share out the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from pb_engine.api import Election, Settings, TallyRefused
from pb_engine.api.counting import points_by_mark


@dataclass(frozen=True, slots=True)
class Channels:
    """Scores by channel, and the weight that makes them one number.

    A project's weighed score is the sum, over the channels, of the channel's percentage times the
    project's score there by the number of ballots there.  All of them are whole multiples of
    ``1 / unit``.

    :ivar ballots: per channel: how many ballots came.
    :ivar gains: per channel: what one more vote there adds, in parts of ``1 / unit``; 0 for a
        channel through which no ballot came.
    :ivar scores: per channel: the score of every project, in the order of the election.
    """

    unit: int
    ballots: Mapping[str, int]
    gains: Mapping[str, int]
    scores: Mapping[str, Sequence[int]]

    def weighed(self, at: int) -> int:
        """Return the weighed score of a project, in parts of ``1 / unit``."""
        return sum(gain * self.scores[name][at] for name, gain in self.gains.items())

    def exact(self, parts: int) -> Fraction:
        """Return a weighed score as it is: out of 100 where every ballot marks the project."""
        return Fraction(parts, self.unit)


def channels(election: Election, settings: Settings) -> Channels | None:
    """Return scores by channel; nothing where all ballots weigh the same.

    :raises TallyRefused: a ballot does not say how it came, or came in a way without a percentage.
    """
    percents: Mapping[str, int] = settings["channel_percent"]
    if not percents or not election.profile.voters:
        return None
    came = _came(election, percents)
    times = election.support.times
    ballots = {name: int(times[came == at].sum()) for at, name in enumerate(percents)}
    unit = lcm(*(number for number in ballots.values() if number))
    return Channels(
        unit=unit,
        ballots=ballots,
        gains={
            name: percents[name] * unit // number if number else 0
            for name, number in ballots.items()
        },
        scores=_scores(election, settings, came, tuple(percents)),
    )


def _came(election: Election, percents: Mapping[str, int]) -> NDArray[np.int64]:
    """Return for every distinct ballot the place of its channel among the percentages."""
    found, names = election.support.channels, election.support.channel_names
    if found is None or bool(np.any((found < 0) | (found >= len(names)))):
        raise TallyRefused(
            "channel_percent weighs ballots by how they came, but not every ballot says how"
        )
    used = {names[at] for at in np.unique(found).tolist()}
    if strange := sorted(used - set(percents)):
        raise TallyRefused(
            f"channel_percent has no percentage for ballots that came by {strange[0][:64]!r}"
        )
    places = {name: at for at, name in enumerate(percents)}
    where = np.array([places.get(name, -1) for name in names], dtype=np.int64)
    return np.asarray(where[found])


def _scores(
    election: Election, settings: Settings, came: NDArray[np.int64], names: Sequence[str]
) -> Mapping[str, Sequence[int]]:
    support = election.support
    marks = points_by_mark(election, by=settings["by"], places=settings["places"])
    scores: dict[str, list[int]] = {name: [] for name in names}
    for rows, points in zip(support.rows, marks, strict=True):
        given = support.times[rows] * points
        for at, name in enumerate(names):
            scores[name].append(int(given[came[rows] == at].sum()))
    return scores
