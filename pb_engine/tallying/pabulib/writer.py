"""Writes a published count as a Pabulib file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from pb_engine.ballots import Ballot, BallotFormat, BallotPaper
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib.sections import LONGEST_ID
from pb_engine.tallying.pabulib.values import decimal_text
from pb_engine.tallying.published import ElectionRecord
from pb_engine.tallying.recount import record_election

_VOTE_TYPES = {
    BallotFormat.SINGLE: "choose-1",
    BallotFormat.APPROVAL: "approval",
    BallotFormat.BASKET: "approval",
    BallotFormat.POINTS: "cumulative",
    BallotFormat.SCORE: "scoring",
    BallotFormat.RANKING: "ordinal",
}
_WEIGHED = {BallotFormat.POINTS, BallotFormat.SCORE}
_CENTS = 100


def pabulib_bytes(
    record: ElectionRecord, rule: str = "unknown", further: Mapping[str, str] | None = None
) -> bytes:
    """Write a record as a ``.pb`` file; equal records give equal bytes.

    Voters are numbered in the canonical order of the ballots, which says nothing about them.

    :param rule: the word of Pabulib for the rule that decided.
    :param further: further keys of META.
    :raises InvalidElectionFile: an identifier that the format cannot hold.
    """
    for project in record.projects:
        if "," in project.id or len(project.id) > LONGEST_ID:
            raise InvalidElectionFile(f"project {project.id[:64]!r}: Pabulib takes no such name")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows((key, _line(value)) for key, value in _meta(record, rule, further or {}))
    writer.writerow(["PROJECTS"])
    writer.writerows(_project_rows(record))
    writer.writerow(["VOTES"])
    writer.writerows(_vote_rows(record))
    return text.getvalue().encode()


def _line(text: object) -> str:
    return " ".join(str(text).split())


def _meta(
    record: ElectionRecord, rule: str, further: Mapping[str, str]
) -> Iterator[tuple[str, object]]:
    yield "description", record.title.en or record.title.nl
    yield "country", "Netherlands"
    yield "unit", record.place
    yield "instance", record.round
    yield "num_projects", len(record.projects)
    yield "num_votes", len(record.ballots)
    yield "budget", decimal_text(record.budget, _CENTS)
    yield "vote_type", _VOTE_TYPES[record.paper.format]
    yield "rule", rule
    yield "date_begin", _date(record.opens)
    yield "date_end", _date(record.closes)
    yield from _limits(record.paper)
    yield "language", "nl"
    yield "currency", record.currency
    yield from further.items()
    comment = f"#1: rules {record.rules_digest}"
    yield "comment", comment if record.notice is None else f"{comment} #2: {record.notice.en}"


def _limits(paper: BallotPaper) -> Iterator[tuple[str, object]]:
    yield "min_length", max(1, paper.min_choices)
    yield "max_length", min(paper.max_choices, len(paper.lines))
    if paper.format is BallotFormat.BASKET and paper.spend_limit is not None:
        yield "max_sum_cost", decimal_text(paper.spend_limit, _CENTS)
    if paper.max_points is not None:
        key = "max_sum_points" if paper.format is BallotFormat.POINTS else "max_points"
        yield key, paper.max_points


def _date(day: str) -> str:
    return ".".join(reversed(day.split("-")))


def _project_rows(record: ElectionRecord) -> Iterator[list[object]]:
    support = record_election(record).support
    weighed = record.paper.format in _WEIGHED
    score = ["score"] if weighed else []
    yield ["project_id", "cost", "votes", *score, "name", "selected"]
    selected = frozenset(record.outcome.selected)
    columns = zip(support.scores, support.voters, record.projects, strict=True)
    for points, voters, project in sorted(columns, key=lambda c: (-c[0], -c[1], c[2].id)):
        yield [
            project.id,
            decimal_text(project.cost, _CENTS),
            voters,
            *([points] if weighed else []),
            _line(project.title) or project.id,
            int(project.id in selected),
        ]


def _vote_rows(record: ElectionRecord) -> Iterator[list[object]]:
    weighed = record.paper.format in _WEIGHED
    yield ["voter_id", "vote", *(["points"] if weighed else [])]
    for number, ballot in enumerate(_in_order(record.ballots), start=1):
        marks = sorted(ballot.marks, key=lambda mark: (-mark.weight, mark.project))
        if record.paper.format is BallotFormat.RANKING:
            marks.reverse()
        vote = ",".join(mark.project for mark in marks)
        points = [",".join(str(mark.weight) for mark in marks)] if weighed else []
        yield [number, vote, *points]


def _in_order(ballots: Iterable[Ballot]) -> list[Ballot]:
    return sorted(ballots, key=lambda ballot: ballot.marks)
