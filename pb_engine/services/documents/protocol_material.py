"""Everything that the protocol of a count is written from, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.domain.council import CouncilDecision, in_force
from pb_engine.domain.events import LogEntry
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.adoption import Adoption, adoption_in, who_counted
from pb_engine.services.council import decisions_in
from pb_engine.services.documents.protocol_words import STEPS
from pb_engine.services.making_record import make_record
from pb_engine.services.paper.corrected import corrected_paper, with_corrections
from pb_engine.services.paper.record import Against, against_the_register, batch_documents
from pb_engine.services.publication import published_record
from pb_engine.services.results import label_of
from pb_engine.services.rules import digest_of
from pb_engine.services.trustees import shown_trustees
from pb_engine.tallying.record import ElectionRecord, outcome_document, record_bytes
from pb_engine.units import ProjectId, RoundId

_MOST_ENTRIES = 100_000
_NOTED = (
    ("voting_closed", "box_digest", "Alle verzegelde stemmen samen"),
    ("box_log_finished", "root", "Logboek van de stembus"),
    ("register_frozen", "digest", "Kiezersregister"),
)
"""Digests that the event log noted: event, fact, and of what they are."""


@dataclass(frozen=True, slots=True)
class Count:
    """A counted and explained round, before or after its result is public.

    :ivar method: how the rule is called, in Dutch.
    :ivar trustees: names of who keep the key; empty where nobody does.
    :ivar entries: the steps that the protocol names, the earliest first.
    :ivar paper_sheets: ballots in the box that came on paper; ``by_totals``: sheets beside it.
    :ivar channels: how many voting rights went along each channel.
    :ivar decisions: by project, what was decided otherwise than counted.
    :ivar digests: pairs of what and SHA-256 in hexadecimal.
    """

    round: Round
    published: bool
    record: ElectionRecord
    method: str
    counted_by: str
    adoption: Adoption | None
    trustees: tuple[str, ...]
    entries: tuple[LogEntry, ...]
    paper_sheets: int
    by_totals: int
    channels: Mapping[str, int]
    batches: tuple[dict[str, Any], ...]
    against: Against
    decisions: Mapping[ProjectId, CouncilDecision]
    digests: tuple[tuple[str, str], ...]


def count_of(engine: Engine, slug: str) -> Count:
    """Read a counted round.

    :raises UnknownRound: no round has this slug.
    :raises NotReady: the outcome is not explained yet.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        entries = work.log.entries(round_id=round_id, limit=_MOST_ENTRIES)
    published = stored.phase is Phase.PUBLISHED
    record, digest = published_record(engine, slug) if published else _unpublished(engine, slug)
    with engine.stores.site.read() as work:
        outcome = digest_of(canonical_json(outcome_document(record.outcome)))
        counted_by = who_counted(work, round_id, outcome) or ""
        corrected = corrected_paper(work, round_id)
        adoption = adoption_in(work, round_id, digest)
        decisions = in_force(decisions_in(work, round_id))
    with engine.stores.box.read() as box:
        paper = len(box.sheets.pseudonyms(round_id))
        batches = batch_documents(with_corrections(box.sheets.stacks(round_id), corrected))
    with engine.stores.register.read() as register:
        rights = register.entitlements.counts(round_id)
    trustees = shown_trustees(engine, slug)
    return Count(
        round=stored.round,
        published=published,
        record=record,
        method=label_of(engine, record.method).nl,
        counted_by=counted_by,
        adoption=adoption,
        trustees=trustees.names if trustees else (),
        entries=tuple(one for one in entries if one.event.name in STEPS),
        paper_sheets=paper,
        by_totals=record.totals.sheets if record.totals else 0,
        channels={str(channel): number for channel, number in rights.items()},
        batches=tuple(dict(one) for one in batches),
        against=against_the_register(engine, slug),
        decisions=decisions,
        digests=tuple(_digests(record, digest, entries)),
    )


def _unpublished(engine: Engine, slug: str) -> tuple[ElectionRecord, str]:
    record = make_record(engine, slug)
    return record, digest_of(record_bytes(record))


def _digests(
    record: ElectionRecord, record_digest: str, entries: tuple[LogEntry, ...]
) -> Iterator[tuple[str, str]]:
    yield "Uitslag", digest_of(canonical_json(outcome_document(record.outcome)))
    yield "Uitslagbestand (record.json)", record_digest
    yield "Spelregels", record.rules_digest
    for name, fact, what in _NOTED:
        for entry in reversed(entries):
            if entry.event.name == name:
                yield what, str(entry.event.facts[fact])
                break
    # Of the last step that the protocol names: what happens later must not change it.
    last = [one for one in entries if one.event.name in STEPS][-1]
    yield f"Logboek van de ronde, tot en met regel {last.number}", last.hash
