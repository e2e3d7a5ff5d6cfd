"""Collects ballots from a stream and groups identical ones as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pb_engine.ballots import BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying.columns import Columns, whole
from pb_engine.tallying.merging import grouped, in_order
from pb_engine.tallying.stacking import narrowed, stacked, widened
from pb_engine.units import ProjectId

PATIENCE = 250_000
"""Ballots that wait before they are grouped with those that came earlier."""


def joined(
    ballot_format: BallotFormat, projects: Sequence[ProjectId], parts: Iterable[Columns]
) -> Columns:
    """Put columns over these projects one under the other and group identical ballots.

    :raises TallyRefused: see ``Gathering.add``.
    """
    gathering = Gathering(ballot_format, projects)
    for part in parts:
        gathering.add(part)
    return gathering.columns()


class Gathering:
    """A profile in the making.

    It keeps each distinct ballot once, at one or two bytes a mark, so that ten million ballots
    of which none is like another take a few hundred megabytes.
    """

    def __init__(
        self, ballot_format: BallotFormat | None = None, projects: Sequence[ProjectId] | None = None
    ) -> None:
        """Start without ballots.

        :param projects: all there are; ``None``: those that turn up, sorted in the end.
        """
        self._format = ballot_format
        self._listed = None if projects is None else tuple(projects)
        self._place = {project: at for at, project in enumerate(self._listed or ())}
        self._parts: list[Columns] = []
        self._waiting = self._distinct = 0

    def add(self, columns: Columns, *, ordered: bool = False) -> None:
        """Take further ballots.

        :param ordered: the marks of each ballot stand in the order of the projects already.
        :raises TallyRefused: ballots of another format; only some ballots have a channel.
        """
        if not len(columns.times):
            return
        if self._format is None:
            self._format = columns.format
        if columns.format is not self._format:
            names = " and ".join(sorted(map(str, (self._format, columns.format))))
            raise TallyRefused(f"one count takes ballots of one format, not {names} together")
        if columns.projects != self._listed:
            columns, ordered = self._placed(columns), False
        self._parts.append(columns if ordered else in_order(columns))
        self._waiting += len(columns.times)
        if self._waiting > max(PATIENCE, self._distinct):
            self._parts = [narrowed(self._grouped())]

    def columns(self) -> Columns:
        """Return all ballots so far, identical ones grouped, in the order of their first ones."""
        if not self._parts:
            none = whole(())
            return Columns(None, self._listed or (), none, none, None, none)
        found = self._grouped()
        self._parts = [found]
        if self._listed is not None:
            return widened(replace(found, projects=self._listed))
        names = tuple(sorted(self._place))
        place = {project: at for at, project in enumerate(names)}
        moved = whole(map(place.__getitem__, self._place))[found.marks]
        return widened(in_order(replace(found, projects=names, marks=moved)))

    def _placed(self, columns: Columns) -> Columns:
        if self._listed is None:
            for project in columns.projects:
                self._place.setdefault(project, len(self._place))
        place = whole(map(self._place.__getitem__, columns.projects))
        return replace(columns, projects=tuple(self._place), marks=place[columns.marks])

    def _grouped(self) -> Columns:
        found = stacked(self._parts)
        if self._waiting:
            found = grouped(found)
        self._waiting, self._distinct = 0, len(found.times)
        return found
