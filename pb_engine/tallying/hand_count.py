"""Paper of which only totals are known: counted by hand, project by project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.units import ProjectId

TOTALS_FORMATS = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL})
"""Where a mark is a cross and nothing more; a basket could cost more than the limit unseen."""

MOST_BY_TOTALS = 300
"""Sheets of a round that may be counted as totals; who has more enters sheets."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What sheets of paper say together; who marked which two projects nobody knows.

    :ivar sheets: how many sheets these are; at least 1.
    :ivar votes: how many of them mark a project, for every project of the ballot paper.
    """

    sheets: int
    votes: Mapping[ProjectId, int]


def impossible(totals: Totals, paper: BallotPaper) -> str:
    """Say why no sheets on this paper can have these totals; ``""`` when some can."""
    if paper.format not in TOTALS_FORMATS:
        return f"{paper.format} ballots cannot be counted as totals"
    if sorted(totals.votes) != sorted(line.project for line in paper.lines):
        return "the totals are of other projects than those on the paper"
    for project, votes in totals.votes.items():
        if not 0 <= votes <= totals.sheets:
            return f"project {project!r} has {votes} crosses on {totals.sheets} sheets"
    crosses = sum(totals.votes.values())
    if not paper.min_choices * totals.sheets <= crosses <= paper.max_choices * totals.sheets:
        return f"{totals.sheets} sheets cannot have {crosses} crosses"
    return ""
