"""From the texts of many ballots to columns, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.columns import Whole, whole
from pb_engine.tallying.pabulib.amounts import whole_number


class BadBallot(Exception):
    """One of the texts is wrong; whoever holds the rows knows its line.

    :ivar at: its place among the texts.
    """

    def __init__(self, at: int, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.at = at
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Marks of many ballots, in the order in which the voters wrote them.

    :ivar projects: places of projects; one beyond the last for a project that is not known.
    :ivar strange: the first project that is not known, for a sentence.
    :ivar spaced: whether there were spaces around the names of projects.
    """

    lengths: Whole
    projects: Whole
    weights: Whole | None
    strange: str = ""
    spaced: bool = False

    @property
    def ballots(self) -> Whole:
        """Return for every mark the place of its ballot."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int64), self.lengths)

    def keeping(self, kept: np.typing.NDArray[np.bool_]) -> Marks:
        """Return only the marks that are kept."""
        lengths = np.bincount(self.ballots[kept], minlength=len(self.lengths)).astype(np.int64)
        weights = None if self.weights is None else self.weights[kept]
        return Marks(lengths, self.projects[kept], weights)

    def without_zeros(self) -> Marks:
        """Return only the marks that weigh something."""
        return self if self.weights is None else self.keeping(self.weights != 0)


def read_marks(votes: Sequence[str], place: Mapping[str, int]) -> Marks:
    """Read lists of projects, given the place of every project."""
    tokens, lengths = _split(votes)
    try:
        return Marks(lengths, whole(map(place.__getitem__, tokens)), None)
    except KeyError:
        bare = [token.strip() for token in tokens]
    spaced, tokens = bare != tokens, bare
    strange = next((token[:64] for token in tokens if token not in place), "")
    places = whole(place.get(token, len(place)) for token in tokens)
    return Marks(lengths, places, None, strange, spaced)


def with_points(marks: Marks, points: Sequence[str]) -> Marks:
    """Add the points that stand beside the marks.

    :raises BadBallot: not one whole number per project.
    """
    tokens, lengths = _split(points)
    uneven = np.flatnonzero(lengths != marks.lengths)
    if len(uneven):
        at = int(uneven[0])
        raise BadBallot(at, "points", f"{lengths[at]} numbers for {marks.lengths[at]} projects")
    known: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token not in known:
            known[token] = _point(token, _ballot_at(lengths, at))
    points_given = whole(map(known.__getitem__, tokens))
    return replace(marks, weights=points_given)


def with_places(marks: Marks) -> Marks:
    """Add the place of every mark on its ballot, from 1."""
    before = np.cumsum(marks.lengths) - marks.lengths
    places = np.arange(1, len(marks.projects) + 1) - np.repeat(before, marks.lengths)
    return Marks(marks.lengths, marks.projects, places)


def without_repeats(marks: Marks, projects: int) -> Marks:
    """Return the marks with each project at most once per ballot, where it stood first."""
    key = marks.ballots * max(1, projects) + marks.projects
    ordered = np.sort(key)
    if not bool(np.any(ordered[1:] == ordered[:-1])):
        return marks
    _, first = np.unique(key, return_index=True)
    kept = np.zeros(len(key), dtype=bool)
    kept[first] = True
    return marks.keeping(kept)


def _split(texts: Sequence[str]) -> tuple[list[str], Whole]:
    filled = [text for text in texts if text]
    lengths = whole(map(str.count, texts, repeat(","))) + 1
    if len(filled) < len(texts):
        lengths[[not text for text in texts]] = 0
    return ",".join(filled).split(",") if filled else [], lengths


def _ballot_at(lengths: Whole, mark: int) -> int:
    return int(np.searchsorted(np.cumsum(lengths), mark, side="right"))


def _point(token: str, ballot: int) -> int:
    if len(token) > 12:  # noqa: PLR2004 - far above any scale, far below an overflow of the sums
        raise BadBallot(ballot, "points", f"{token[:40]!r} is too long for a number of points")
    try:
        return whole_number(token, 0, "points", negative=True)
    except InvalidElectionFile as problem:
        sentence = problem.sentence.partition(": ")[2]
        raise BadBallot(ballot, "points", sentence) from problem
