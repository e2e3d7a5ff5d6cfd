"""The checks, one sentence each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pb_engine.errors import EngineError
from pb_engine.tallying import Outcome, draw_lot
from pb_engine.tallying.check import check_outcome
from pb_engine.tallying.published import ElectionRecord
from pb_engine.tallying.record import read_record, record_bytes, record_digest
from pb_engine.tallying.recount import Tally, record_election, recount


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and how it came out.

    :ivar check: a word for the check, stable.
    :ivar holds: whether it came out well.
    :ivar sentence: what was found, for a reader who was not there.
    """

    check: str
    holds: bool
    sentence: str


def check_record(raw: bytes, tally: Tally) -> list[Finding]:
    """Check everything in a published record that can be checked without anything else.

    Never stops at the first failure, except when the record cannot be read at all.

    :param tally: counts by the method a record names; may raise ``EngineError``.
    """
    try:
        record = read_record(raw)
    except EngineError as problem:
        return [Finding("form", holds=False, sentence=problem.sentence)]
    findings = [Finding("form", holds=True, sentence=f"Record {record_digest(raw)} is readable.")]
    findings.append(_spelling(record, raw))
    findings += [check(record) for check in _CHECKS]
    findings.append(_recount(record, tally))
    return findings


def _spelling(record: ElectionRecord, raw: bytes) -> Finding:
    holds = record_bytes(record) == raw.removesuffix(b"\n")
    words = "is" if holds else "is not"
    return Finding("spelling", holds, f"The record {words} in its canonical spelling.")


def _projects(record: ElectionRecord) -> Finding:
    listed = [(project.id, project.cost) for project in record.projects]
    paper = [(line.project, line.cost) for line in record.paper.lines]
    holds = sorted(listed) == sorted(paper) and len(dict(listed)) == len(listed)
    words = "are" if holds else "are not"
    return Finding("projects", holds, f"The {len(listed)} projects {words} those on the paper.")


def _lot(record: ElectionRecord) -> Finding:
    holds = record.lot == draw_lot(record.seed, [project.id for project in record.projects])
    words = "follows" if holds else "does not follow"
    return Finding("lot", holds, f"The lot {words} from the seed {record.seed!r}.")


def _ballots(record: ElectionRecord) -> Finding:
    wrong = []
    for ballot in dict.fromkeys(record.ballots):
        try:
            record.paper.check(ballot)
        except EngineError as problem:
            wrong.append(problem.sentence)
    if wrong:
        return Finding("ballots", holds=False, sentence=f"A ballot breaks the paper: {wrong[0]}.")
    return Finding(
        "ballots", holds=True, sentence=f"All {len(record.ballots)} ballots follow the paper."
    )


def _receipts(record: ElectionRecord) -> Finding:
    counted, given = len(record.ballots) + record.invalid, len(record.receipts)
    both = set(record.receipts) & set(record.superseded)
    once = len(set(record.receipts)) == given and not both
    holds = counted == given and once
    sentence = f"{given} receipts for {counted} counted ballots"
    return Finding("receipts", holds, f"{sentence}, {'all' if once else 'not all'} different.")


def _budget(record: ElectionRecord) -> Finding:
    costs = {project.id: project.cost for project in record.projects}
    spent = sum(costs.get(project, 0) for project in record.outcome.selected)
    holds = spent <= record.budget
    return Finding("budget", holds, f"{spent} cents of {record.budget} are spent.")


def _decisions(record: ElectionRecord) -> Finding:
    try:
        outcomes: list[Outcome] = [record.outcome, *(one for _, one in record.compared)]
        for outcome in outcomes:
            check_outcome(record_election(record), outcome)
    except EngineError as problem:
        return Finding("decisions", holds=False, sentence=problem.sentence)
    except KeyError as problem:
        return Finding("decisions", holds=False, sentence=f"{problem} is selected but unknown.")
    return Finding("decisions", holds=True, sentence="Every project is decided about once.")


def _recount(record: ElectionRecord, tally: Tally) -> Finding:
    try:
        recount(record, tally)
    except EngineError as problem:
        return Finding("recount", holds=False, sentence=problem.sentence)
    return Finding(
        "recount", holds=True, sentence=f"Counted again by {record.method.name}: the same outcome."
    )


_CHECKS: tuple[Callable[[ElectionRecord], Finding], ...] = (
    _projects,
    _lot,
    _ballots,
    _receipts,
    _decisions,
    _budget,
)
