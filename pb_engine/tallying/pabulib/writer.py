"""Writes elections and published counts as Pabulib files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.tallying.columns import voters_of
from pb_engine.tallying.election import Election
from pb_engine.tallying.pabulib.fields import in_order
from pb_engine.tallying.pabulib.values import PabulibElection, decimal_text
from pb_engine.tallying.pabulib.written import file_parts, one_line
from pb_engine.tallying.published import ElectionRecord
from pb_engine.tallying.recount import record_election
from pb_engine.units import ProjectId

VOTE_TYPES = {
    BallotFormat.SINGLE: "choose-1",
    BallotFormat.APPROVAL: "approval",
    BallotFormat.BASKET: "approval",
    BallotFormat.POINTS: "cumulative",
    BallotFormat.SCORE: "scoring",
    BallotFormat.RANKING: "ordinal",
}
_CENTS = 100


def write_pabulib(read: PabulibElection, to: BinaryIO) -> None:
    """Write what was read, in pieces; reading it again gives an equal election.

    META and PROJECTS keep all their fields, known or not; totals and the column ``votes`` say what
    was counted.  Of VOTES the ballots and how they were cast are kept; voters are numbered anew,
    and what else was said of them is not written.

    :raises InvalidElectionFile: an identifier that the format cannot hold.
    """
    counted = {
        "num_projects": len(read.election.projects),
        "num_votes": read.election.profile.voters,
    }
    meta = {**read.meta, **counted}
    to.writelines(file_parts(meta, list(_recounted(read)), read.election.profile))


def _recounted(read: PabulibElection) -> Iterator[Mapping[str, str]]:
    """Yield PROJECTS; where a ballot named a project twice, the file had counted it twice."""
    voters = voters_of(read.election.profile.columns, list(read.projects))
    for cells, counted in zip(read.projects.values(), voters, strict=True):
        yield {**cells, "votes": str(counted)} if cells.get("votes") else cells


def pabulib_bytes(
    record: ElectionRecord, rule: str = "unknown", further: Mapping[str, str] | None = None
) -> bytes:
    """Write a record as a ``.pb`` file; equal records give equal bytes.

    Voters are numbered in the canonical order of the ballots, which says nothing about them.

    :param rule: the word of Pabulib for the rule that decided.
    :param further: further keys of META.
    :raises InvalidElectionFile: an identifier that the format cannot hold.
    """
    read = record_file(record, rule, further)
    return b"".join(file_parts(read.meta, list(read.projects.values()), read.election.profile))


def record_file(
    record: ElectionRecord, rule: str = "unknown", further: Mapping[str, str] | None = None
) -> PabulibElection:
    """Return a record as a file would say it, with the lot of the record."""
    meta = {**dict(_meta(record, rule)), **(further or {})}
    election = record_election(record)
    return PabulibElection(
        meta={key: one_line(meta[key]) for key in in_order(list(meta))},
        vote_type=VOTE_TYPES[record.paper.format],
        election=election,
        projects={ProjectId(row["project_id"]): row for row in _project_rows(record, election)},
    )


def _meta(record: ElectionRecord, rule: str) -> Iterator[tuple[str, object]]:
    yield "description", record.title.en or record.title.nl
    yield "country", "Netherlands"
    yield "unit", record.place
    yield "instance", record.round
    yield "num_projects", len(record.projects)
    yield "num_votes", len(record.ballots)
    yield "budget", decimal_text(record.budget, _CENTS)
    yield "vote_type", VOTE_TYPES[record.paper.format]
    yield "rule", rule
    yield "date_begin", _date(record.opens)
    yield "date_end", _date(record.closes)
    yield from _limits(record.paper)
    yield "language", "nl"
    yield "currency", record.currency
    remarks = [f"rules {record.rules_digest}", *([record.notice.en] if record.notice else [])]
    if record.totals:
        number = record.totals.sheets
        remarks.append(f"{number} paper ballots were counted as totals and are not in VOTES")
    if any(record.method.settings.get(key) for key in ("exclusive", "conditions")):
        remarks.append("some projects exclude or need each other: see the election record")
    yield "comment", " ".join(f"#{at}: {one}" for at, one in enumerate(remarks, start=1))


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


def _project_rows(record: ElectionRecord, election: Election) -> Iterator[dict[str, str]]:
    support = election.support
    weighed = record.paper.format in {BallotFormat.POINTS, BallotFormat.SCORE}
    selected = frozenset(record.outcome.selected)
    columns = zip(support.scores, support.voters, record.projects, strict=True)
    for points, voters, project in sorted(columns, key=lambda c: (-c[0], -c[1], c[2].id)):
        yield {
            "project_id": project.id,
            "cost": str(decimal_text(project.cost, _CENTS)),
            "votes": str(voters),
            **({"score": str(points)} if weighed else {}),
            "name": one_line(project.title) or project.id,
            "selected": str(int(project.id in selected)),
        }
