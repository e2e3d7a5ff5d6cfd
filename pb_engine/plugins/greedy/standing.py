"""How high every project stands: the sum of what the ballots give it."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.api import BallotFormat, Election, Project, Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """A project in the ranking.

    :ivar score: votes, points or grades, added up.
    :ivar lot: its place in the lot, which decides between equal scores.
    """

    project: Project
    voters: int
    score: int
    lot: int

    @property
    def key(self) -> tuple[int, int]:
        """Smaller stands higher."""
        return -self.score, self.lot


def standings(election: Election, settings: Settings) -> list[Standing]:
    """Return all projects, the highest score first."""
    support = election.support
    scores = support.voters if settings["by"] == "votes" else _scores(election, settings["places"])
    columns = zip(election.projects, support.voters, scores, election.lot_places(), strict=True)
    return sorted((Standing(*column) for column in columns), key=lambda standing: standing.key)


def _scores(election: Election, places: int) -> tuple[int, ...]:
    support = election.support
    if election.profile.format is not BallotFormat.RANKING:
        return support.scores
    lengths = election.profile.columns.lengths
    first = places or int(lengths.max(initial=0))
    # Borda: (places + 1 - place) for each place; places beyond the last count nothing.
    scores = []
    for rows, weights in zip(support.rows, support.weights, strict=True):
        points = first + 1 - weights if weights is not None else rows * 0 + first
        scores.append(int(support.times[rows] @ points.clip(min=0)))
    return tuple(scores)
