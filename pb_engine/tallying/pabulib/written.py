"""Elections as Pabulib files: the parts that every writer shares."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib.sections import LONGEST_ID
from pb_engine.tallying.pabulib.votes_section import CHANNEL
from pb_engine.tallying.profile import Profile

WEIGHED_TYPES = ("cumulative", "scoring")
_AT_ONCE = 10_000

Cells = Sequence[object]


def file_parts(
    meta: Mapping[str, object], projects: Sequence[Mapping[str, object]], profile: Profile
) -> Iterator[bytes]:
    """Yield a file piece by piece; equal elections give equal bytes.

    Voters are numbered in the canonical order of the ballots, which says nothing about them.

    :raises InvalidElectionFile: an identifier that the format cannot hold.
    """
    for project in projects:
        name = str(project["project_id"])
        if "," in name or len(name) > LONGEST_ID or name != one_line(name):
            raise InvalidElectionFile(f"project {name[:64]!r}: Pabulib takes no such name")
    yield from _texts([["META"], ["key", "value"], *meta.items(), ["PROJECTS"]])
    columns = list(projects[0]) if projects else ["project_id", "cost"]
    yield from _texts([columns, *([row[name] for name in columns] for row in projects), ["VOTES"]])
    yield from _texts(_vote_rows(profile, weighed=meta["vote_type"] in WEIGHED_TYPES))


def one_line(text: object) -> str:
    """Return a text without line breaks and needless spaces."""
    return " ".join(str(text).split())


def _texts(rows: Iterable[Cells]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % _AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _vote_rows(profile: Profile, *, weighed: bool) -> Iterator[Cells]:
    channels = [(channel,) for channel, _, _ in profile.channel_groups]
    groups = profile.groups
    if channels:
        groups = tuple((ballot, times) for _, ballot, times in profile.channel_groups)
    yield [
        *("voter_id", "vote"),
        *(["points"] if weighed else []),
        *([CHANNEL] if channels else []),
    ]
    numbers = count(1)
    for at, (ballot, times) in enumerate(groups):
        cells = [*_vote(ballot, weighed=weighed), *(channels[at] if channels else ())]
        yield from ([number, *cells] for number in islice(numbers, times))


def _vote(ballot: Ballot, *, weighed: bool) -> list[str]:
    marks = sorted(ballot.marks, key=lambda mark: (-mark.weight, mark.project))
    if ballot.format is BallotFormat.RANKING:
        marks.reverse()
    points = [",".join(str(mark.weight) for mark in marks)] if weighed else []
    return [",".join(mark.project for mark in marks), *points]
