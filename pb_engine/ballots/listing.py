"""The published list of ballots: one line each, in the order of their trackers.

A line is ``["<tracker>",[["<project>",<weight>],...]]`` in canonical JSON.  Trackers are random,
so their order says nothing about who voted when.
"""

from __future__ import annotations

from collections.abc import Iterable

from pb_engine.ballots.ballot import Ballot
from pb_engine.ballots.canonical import canonical_json

FEWEST_LISTED = 25
"""Fewer ballots are never listed one by one: a list of few points at people."""


def listing(ballots: Iterable[tuple[str, Ballot]]) -> bytes:
    """Write the list for these trackers and ballots."""
    return b"".join(sorted(listed(tracker, ballot) for tracker, ballot in ballots))


def listed(tracker: str, ballot: Ballot) -> bytes:
    """Write one line, with its line feed."""
    marks = [[mark.project, mark.weight] for mark in ballot.marks]
    return canonical_json([tracker, marks]) + b"\n"


def line_of(ballots: bytes, tracker: str) -> bytes | None:
    """Return the line of a tracker in a list, or ``None``."""
    start = ballots.find(b'["' + tracker.encode() + b'",')
    if start < 0 or (start and ballots[start - 1 : start] != b"\n"):
        return None
    return ballots[start : ballots.index(b"\n", start)]
