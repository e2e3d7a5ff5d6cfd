"""Writes an election as sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice

import tomli_w

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.tallying.pabulib.values import PabulibElection
from pb_engine.tallying.sheets.cells import guarded
from pb_engine.tallying.sheets.terms import BALLOTS, LIMITS, PABULIB_COLUMNS, PROJECTS, TERMS, TEXTS

_AT_ONCE = 20_000


def sheets_of(read: PabulibElection) -> dict[str, Iterator[bytes]]:
    """Return the three files by name, each in pieces; equal elections give equal bytes.

    Cells that a spreadsheet would take for a formula begin with an apostrophe.  Ballots are
    numbered in canonical order, which says nothing about who cast them.
    """
    return {
        TERMS: iter([_terms(read)]),
        PROJECTS: _texts(_project_rows(read)),
        BALLOTS: _texts(_ballot_rows(read)),
    }


def _terms(read: PabulibElection) -> bytes:
    meta = read.meta
    ballot_format = read.election.profile.format or _FORMATS[read.vote_type]
    texts = {key: meta[name] for key, name in TEXTS.items() if meta.get(name)}
    limits = {key: meta[key] for key in LIMITS if meta.get(key)}
    found = {"budget": meta["budget"], "format": str(ballot_format), **texts, **limits}
    return tomli_w.dumps(found).encode()


_FORMATS = {
    "choose-1": BallotFormat.SINGLE,
    "approval": BallotFormat.APPROVAL,
    "cumulative": BallotFormat.POINTS,
    "scoring": BallotFormat.SCORE,
    "ordinal": BallotFormat.RANKING,
}


def _project_rows(read: PabulibElection) -> Iterator[Sequence[object]]:
    names = {theirs: ours for ours, theirs in PABULIB_COLUMNS.items()}
    columns = list(next(iter(read.projects.values()), {"project_id": "", "cost": ""}))
    yield [names.get(column, column) for column in columns]
    for cells in read.projects.values():
        yield [guarded(cells[column]) for column in columns]


def _ballot_rows(read: PabulibElection) -> Iterator[Sequence[object]]:
    profile = read.election.profile
    groups = [("", ballot, times) for ballot, times in profile.groups]
    groups = list(profile.channel_groups) or groups
    named = bool(profile.channel_groups)
    yield ["ballot", "project", "weight", *(["channel"] if named else [])]
    numbers = count(1)
    for channel, ballot, times in groups:
        marks = [[*mark, *([guarded(channel)] if named else [])] for mark in _marks(ballot)]
        yield from ([number, *mark] for number in islice(numbers, times) for mark in marks)


def _marks(ballot: Ballot) -> list[tuple[str, object]]:
    """Return the marks as cells; a blank ballot has one row without a project."""
    return [(guarded(mark.project), mark.weight) for mark in ballot.marks] or [("", "")]


def _texts(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % _AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
