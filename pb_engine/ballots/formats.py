"""The names of the ballot formats."""

from __future__ import annotations

from enum import StrEnum


class BallotFormat(StrEnum):
    """How a voter may mark projects; a closed list (see ``FORMATS.md``)."""

    SINGLE = "single"
    """Exactly one project."""
    APPROVAL = "approval"
    """Between a minimum and a maximum number of projects."""
    BASKET = "basket"
    """Projects whose costs together stay within a spending limit."""
    POINTS = "points"
    """A number of points spread over projects (cumulative)."""
    SCORE = "score"
    """A grade for each project, independent of the others."""
    RANKING = "ranking"
    """Projects in order of preference."""

    @property
    def with_article(self) -> str:
        """Its name in an English sentence: "a single", "an approval"."""
        return f"{'an' if self is BallotFormat.APPROVAL else 'a'} {self}"
