"""The election record as a document: the bytes that are published and hashed, and back.

Format version 1.  Identical ballots stand together, as often as they were cast; the order says
nothing about who voted when.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from pb_engine.ballots import Ballot, BallotPaper, Mark, canonical_json, paper_document, read_paper
from pb_engine.ballots.codec import LARGEST_WEIGHT
from pb_engine.errors import InvalidBallot
from pb_engine.tallying.document import Part, parse
from pb_engine.tallying.election import Project
from pb_engine.tallying.hand_count import Totals
from pb_engine.tallying.outcome import Outcome
from pb_engine.tallying.outcome_document import (
    Document,
    explanation_document,
    outcome_document,
    read_explanation,
    read_ids,
    read_outcome,
    read_text,
    text_document,
)
from pb_engine.tallying.published import ElectionRecord, MethodChoice
from pb_engine.units import Cents, ProjectId, RoundId

__all__ = [
    "VERSION",
    "ElectionRecord",
    "MethodChoice",
    "outcome_document",
    "read_outcome",
    "read_record",
    "record_bytes",
    "record_digest",
    "record_document",
]

VERSION = 1
MOST_BALLOTS = 50_000_000
"""More ballots than any city has; a record that claims more is refused before it is unfolded."""


def record_bytes(record: ElectionRecord) -> bytes:
    """Spell a record as canonical JSON; equal records give equal bytes.

    :raises TypeError: the settings of a method hold something that has no spelling.
    """
    return canonical_json(record_document(record))


def record_digest(raw: bytes) -> str:
    """Return the SHA-256 of a published record, in hex."""
    return hashlib.sha256(raw).hexdigest()


def record_document(record: ElectionRecord) -> Document:
    """Write a record as plain values."""
    # Without such paper the key is left out, so that older records keep their spelling.
    by_hand = {} if record.totals is None else {"totals": _totals_document(record.totals)}
    return {
        **by_hand,
        "v": VERSION,
        "round": record.round,
        "title": text_document(record.title),
        "place": record.place,
        "rules_digest": record.rules_digest,
        "opens": record.opens,
        "closes": record.closes,
        "currency": record.currency,
        "budget": record.budget,
        "paper": paper_document(record.paper),
        "projects": [{"id": p.id, "cost": p.cost, "title": p.title} for p in record.projects],
        "seed": record.seed,
        "lot": list(record.lot),
        "method": _method_document(record.method),
        "ballots": _ballots_document(record.ballots),
        "invalid": record.invalid,
        "receipts": list(record.receipts),
        "superseded": list(record.superseded),
        "outcome": outcome_document(record.outcome),
        "explanations": {
            project: explanation_document(why) for project, why in record.explanations.items()
        },
        "compared": [
            {"method": _method_document(method), "outcome": outcome_document(outcome)}
            for method, outcome in record.compared
        ],
        "notice": None if record.notice is None else text_document(record.notice),
    }


def _totals_document(totals: Totals) -> Document:
    return {"sheets": totals.sheets, "votes": dict(totals.votes)}


def _method_document(method: MethodChoice) -> Document:
    return {"name": method.name, "version": method.version, "settings": dict(method.settings)}


def _ballots_document(ballots: Iterable[Ballot]) -> list[object]:
    counted = sorted(Counter(ballots).items(), key=lambda group: group[0].marks)
    return [
        [times, [[mark.project, mark.weight] for mark in ballot.marks]] for ballot, times in counted
    ]


_KEYS = (
    "v", "round", "title", "place", "rules_digest", "opens", "closes", "currency", "budget",
    "paper", "projects", "seed", "lot", "method", "ballots", "invalid", "receipts", "superseded",
    "outcome", "explanations", "compared", "notice",
)  # fmt: skip


def read_record(raw: bytes) -> ElectionRecord:
    """Read a published record.

    Only its form is looked at here; ``recount`` and the verifier ask whether it is true.

    :raises InvalidElectionFile: naming the key.
    """
    whole = parse(raw)
    more = ("totals",) if "totals" in whole.entries() else ()
    found = whole.exactly((*_KEYS, *more))
    if found["v"].value != VERSION:
        found["v"].refuse(f"this engine reads version {VERSION}")
    paper = _read_paper(found["paper"])
    return ElectionRecord(
        round=RoundId(found["round"].text()),
        title=read_text(found["title"]),
        place=found["place"].text(),
        rules_digest=found["rules_digest"].text(),
        opens=found["opens"].text(),
        closes=found["closes"].text(),
        currency=found["currency"].text(),
        budget=Cents(found["budget"].whole()),
        paper=paper,
        projects=tuple(_read_project(item) for item in found["projects"].items()),
        seed=found["seed"].text(),
        lot=read_ids(found["lot"]),
        method=_read_method(found["method"]),
        ballots=_read_ballots(found["ballots"], paper),
        invalid=found["invalid"].whole(),
        receipts=tuple(item.text() for item in found["receipts"].items()),
        superseded=tuple(item.text() for item in found["superseded"].items()),
        outcome=read_outcome(found["outcome"]),
        explanations={
            project: read_explanation(part)
            for project, part in found["explanations"].entries().items()
        },
        compared=tuple(_read_compared(item) for item in found["compared"].items()),
        notice=found["notice"].optional(read_text),
        totals=_read_totals(found["totals"]) if more else None,
    )


def _read_totals(part: Part) -> Totals:
    found = part.exactly(("sheets", "votes"))
    votes = {ProjectId(key): one.whole() for key, one in found["votes"].entries().items()}
    return Totals(found["sheets"].whole(1), votes)


def _read_paper(part: Part) -> BallotPaper:
    try:
        return read_paper({key: entry.value for key, entry in part.entries().items()})
    except InvalidBallot as problem:
        part.refuse(problem.sentence)


def _read_project(part: Part) -> Project:
    found = part.exactly(("id", "cost", "title"))
    return Project(
        ProjectId(found["id"].text()), Cents(found["cost"].whole()), found["title"].text()
    )


def _read_method(part: Part) -> MethodChoice:
    found = part.exactly(("name", "version", "settings"))
    settings = {name: item.value for name, item in found["settings"].entries().items()}
    return MethodChoice(found["name"].text(), found["version"].text(), settings)


def _read_compared(part: Part) -> tuple[MethodChoice, Outcome]:
    found = part.exactly(("method", "outcome"))
    return _read_method(found["method"]), read_outcome(found["outcome"])


def _read_ballots(part: Part, paper: BallotPaper) -> tuple[Ballot, ...]:
    ballots: list[Ballot] = []
    for group in part.items():
        times, marks = group.pair()
        if times.whole(1) + len(ballots) > MOST_BALLOTS:
            times.refuse(f"more than {MOST_BALLOTS} ballots")
        ballot = Ballot(paper.format, tuple(sorted(_read_mark(mark) for mark in marks.items())))
        ballots.extend([ballot] * times.whole())
    return tuple(ballots)


def _read_mark(part: Part) -> Mark:
    project, weight = part.pair()
    if weight.whole() > LARGEST_WEIGHT:
        weight.refuse(f"must be at most {LARGEST_WEIGHT}")
    return Mark(ProjectId(project.text()), weight.whole())
