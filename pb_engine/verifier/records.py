"""The checks of a published record, one sentence each."""

from __future__ import annotations

from collections.abc import Callable

from pb_engine.errors import EngineError
from pb_engine.tallying import MOST_BY_TOTALS, Outcome, draw_lot, impossible
from pb_engine.tallying.check import check_outcome
from pb_engine.tallying.published import ElectionRecord
from pb_engine.tallying.record import read_record, record_bytes, record_digest
from pb_engine.tallying.recount import Tally, record_election, recount
from pb_engine.units import LocalText
from pb_engine.verifier.finding import Finding, bad, good


def check_record(raw: bytes, tally: Tally) -> list[Finding]:
    """Check everything in a published record that can be checked without anything else.

    Never stops at the first failure, except when the record cannot be read at all.

    :param tally: counts by the method a record names; may raise ``EngineError``.
    """
    try:
        record = read_record(raw)
    except EngineError as problem:
        return [_complaint("form", "Het verslag is niet leesbaar", problem)]
    digest = record_digest(raw)
    findings = [
        good("form", f"Verslag {digest} is leesbaar.", f"Record {digest} is readable."),
        _spelling(record, raw),
    ]
    findings += [check(record) for check in _CHECKS]
    findings += _totals(record)
    findings.append(_recount(record, tally))
    return findings


def _complaint(check: str, nl: str, problem: EngineError) -> Finding:
    return bad(check, f"{nl}: {problem.sentence}", problem.sentence)


def _said(check: str, nl: str, en: str, *, holds: bool) -> Finding:
    return Finding(check, holds, LocalText(nl, en))


def _spelling(record: ElectionRecord, raw: bytes) -> Finding:
    holds = record_bytes(record) == raw.removesuffix(b"\n")
    return _said(
        "spelling",
        f"Het verslag is {'' if holds else 'niet '}geschreven zoals het hoort.",
        f"The record is {'' if holds else 'not '}in its canonical spelling.",
        holds=holds,
    )


def _projects(record: ElectionRecord) -> Finding:
    listed = [(project.id, project.cost) for project in record.projects]
    paper = [(line.project, line.cost) for line in record.paper.lines]
    holds = sorted(listed) == sorted(paper) and len(dict(listed)) == len(listed)
    return _said(
        "projects",
        f"De {len(listed)} ideeën zijn {'' if holds else 'niet '}die van het stembiljet.",
        f"The {len(listed)} projects {'are' if holds else 'are not'} those on the paper.",
        holds=holds,
    )


def _lot(record: ElectionRecord) -> Finding:
    holds = record.lot == draw_lot(record.seed, [project.id for project in record.projects])
    return _said(
        "lot",
        f"De loting volgt {'' if holds else 'niet '}uit de tekst {record.seed!r}.",
        f"The lot {'follows' if holds else 'does not follow'} from the seed {record.seed!r}.",
        holds=holds,
    )


def _ballots(record: ElectionRecord) -> Finding:
    wrong = []
    for ballot in dict.fromkeys(record.ballots):
        try:
            record.paper.check(ballot)
        except EngineError as problem:
            wrong.append(problem.sentence)
    if wrong:
        return bad(
            "ballots",
            f"Een stem past niet op het stembiljet: {wrong[0]}.",
            f"A ballot breaks the paper: {wrong[0]}.",
        )
    number = len(record.ballots)
    return good(
        "ballots",
        f"Alle {number} stemmen passen op het stembiljet.",
        f"All {number} ballots follow the paper.",
    )


def _totals(record: ElectionRecord) -> list[Finding]:
    if record.totals is None:
        return []
    sheets = record.totals.sheets
    if wrong := impossible(record.totals, record.paper):
        return [bad("totals", f"De papieren totalen kunnen niet: {wrong}.", f"Totals: {wrong}.")]
    if sheets > MOST_BY_TOTALS:
        most = MOST_BY_TOTALS
        return [
            bad(
                "totals",
                f"{sheets} papieren biljetten als totaal is te veel: hoogstens {most}.",
                f"{sheets} paper ballots as totals are too many: at most {most}.",
            )
        ]
    return [
        good(
            "totals",
            f"{sheets} papieren biljetten zijn alleen als totaal geteld. Daarvan is geen stem na "
            "te zien, en cijfers over stemmers kennen ze niet.",
            f"{sheets} paper ballots were counted as totals only. No single one of them can be "
            "checked, and figures about voters leave them out.",
        )
    ]


def _receipts(record: ElectionRecord) -> Finding:
    counted, given = len(record.ballots) + record.invalid, len(record.receipts)
    both = set(record.receipts) & set(record.superseded)
    once = len(set(record.receipts)) == given and not both
    return _said(
        "receipts",
        f"{given} nummers voor {counted} getelde stemmen, "
        f"{'' if once else 'niet '}allemaal verschillend.",
        f"{given} receipts for {counted} counted ballots, {'' if once else 'not '}all different.",
        holds=counted == given and once,
    )


def _budget(record: ElectionRecord) -> Finding:
    costs = {project.id: project.cost for project in record.projects}
    spent = sum(costs.get(project, 0) for project in record.outcome.selected)
    return _said(
        "budget",
        f"Van {record.budget} cent is {spent} cent besteed.",
        f"{spent} cents of {record.budget} are spent.",
        holds=spent <= record.budget,
    )


def _decisions(record: ElectionRecord) -> Finding:
    try:
        outcomes: list[Outcome] = [record.outcome, *(one for _, one in record.compared)]
        for outcome in outcomes:
            check_outcome(record_election(record), outcome)
    except EngineError as problem:
        return _complaint("decisions", "De besluiten kloppen niet", problem)
    except KeyError as problem:
        return bad(
            "decisions",
            f"{problem} is gekozen maar onbekend.",
            f"{problem} is selected but unknown.",
        )
    return good(
        "decisions",
        "Over elk idee is één keer besloten.",
        "Every project is decided about once.",
    )


def _recount(record: ElectionRecord, tally: Tally) -> Finding:
    try:
        recount(record, tally)
    except EngineError as problem:
        return _complaint("recount", "De hertelling komt anders uit", problem)
    name = record.method.name
    return good(
        "recount",
        f"Opnieuw geteld volgens {name}: dezelfde uitslag.",
        f"Counted again by {name}: the same outcome.",
    )


_CHECKS: tuple[Callable[[ElectionRecord], Finding], ...] = (
    _projects,
    _lot,
    _ballots,
    _receipts,
    _decisions,
    _budget,
)
