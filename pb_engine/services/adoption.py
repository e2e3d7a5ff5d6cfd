"""Adopting: a second official looks at the outcome and says that this is it, before it is public.

What is adopted is the election record, byte for byte: another count, or another explanation, is
another record and must be adopted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pb_engine.ballots import canonical_json
from pb_engine.domain.events import Event, LogEntry
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import NotAllowed, NotReady, RecountDiffers, WrongPhase
from pb_engine.services.making_record import make_record
from pb_engine.services.roll import sought
from pb_engine.services.rules import digest_of
from pb_engine.services.waiting_correction import (
    COUNTED_EVENT,
    Correction,
    waiting_correction,
)
from pb_engine.store.site import SiteWork
from pb_engine.tallying import Verdict
from pb_engine.tallying.record import ElectionRecord, outcome_document, record_bytes
from pb_engine.units import Cents, LocalText, RoundId

ADOPTED_EVENT = "outcome_adopted"
_COUNTED = ("ballots_tallied", COUNTED_EVENT)
LONGEST_NAME = 100
_AT_A_TERMINAL = "operator:"


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who adopted what.

    :ivar outcome_digest: and ``record_digest``: SHA-256 in hexadecimal.
    """

    by: str
    at: datetime
    outcome_digest: str
    record_digest: str


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """What the count says of one project."""

    title: str
    cost_cents: Cents
    voters: int
    funded: bool
    sentence: LocalText


@dataclass(frozen=True, slots=True)
class ToAdopt:
    """What an official looks at before adopting it; ``rows`` has the funded projects first.

    :ivar counted_by: who had it counted, and so does not adopt it.
    :ivar adoption: ``None`` as long as nobody adopted it.
    """

    rows: tuple[DecidedRow, ...]
    spent_cents: Cents
    budget_cents: Cents
    outcome_digest: str
    counted_by: str
    adoption: Adoption | None


def adopt(engine: Engine, slug: str, by: str, typed_by: str = "") -> Adoption:
    """Adopt the explained outcome; whoever had it counted cannot.

    :param by: the name of who adopts.
    :param typed_by: who noted it for them, where that is another.
    :raises WrongPhase: the outcome is not explained yet, or is public and no correction waits.
    :raises NotAllowed: ``by`` had it counted (``problem="counted"``).
    :raises NotReady: no name (``problem="adopter"``), or it is adopted (``problem="adopted"``).
    :raises RecountDiffers: the outcome is not the one that the event log names.
    """
    round_id, name = RoundId(slug), " ".join(by.split())[:LONGEST_NAME]
    if not name:
        raise NotReady("say who adopts the outcome", problem="adopter")
    with engine.stores.site.read() as work:
        waiting = _to_adopt(work, round_id, work.rounds.get(round_id).phase)
    record = _record(engine, slug, waiting)
    outcome = digest_of(canonical_json(outcome_document(record.outcome)))
    digests = {"outcome_digest": outcome, "record_digest": digest_of(record_bytes(record))}
    with engine.stores.site.write() as work:
        _to_adopt(work, round_id, work.rounds.lock(round_id).phase)
        _require_counted_by_another(work, round_id, name, outcome)
        if _standing(work, round_id, digests["record_digest"]):
            raise NotReady("this outcome is adopted already", problem="adopted")
        event = Event(ADOPTED_EVENT, round_id, name, {**digests, "typed_by": typed_by or name})
        entry = work.log.append(event, engine.clock())
        work.commit()
    return Adoption(name, entry.at, **digests)


def adoption_of(engine: Engine, slug: str) -> Adoption | None:
    """Return who adopted the record as it is now; ``None`` when nobody did.

    :raises NotReady: the outcome is not explained yet.
    """
    digest = digest_of(record_bytes(make_record(engine, slug)))
    with engine.stores.site.read() as work:
        return adoption_in(work, RoundId(slug), digest)


def to_adopt(engine: Engine, slug: str) -> ToAdopt | None:
    """Return the outcome that is not public yet, with who adopted it; ``None`` where none is.

    That is the explained outcome of a round, or a correction of a published one.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        phase, waiting = work.rounds.get(round_id).phase, waiting_correction(work, round_id)
    if phase is not Phase.EXPLAINED and waiting is None:
        return None
    record = _record(engine, slug, waiting)
    outcome = digest_of(canonical_json(outcome_document(record.outcome)))
    costs = {one.id: one.cost for one in record.projects}
    with engine.stores.site.read() as work:
        counted_by = who_counted(work, round_id, outcome)
        adoption = _standing(work, round_id, digest_of(record_bytes(record)))
    return ToAdopt(
        rows=tuple(_rows(record)),
        spent_cents=Cents(sum(costs[one] for one in record.outcome.selected)),
        budget_cents=record.budget,
        outcome_digest=outcome,
        counted_by=counted_by or "",
        adoption=adoption,
    )


def _rows(record: ElectionRecord) -> Iterator[DecidedRow]:
    projects = {one.id: one for one in record.projects}
    order = {project: place for place, project in enumerate(record.outcome.selected)}
    last = len(order)
    for one in sorted(
        record.outcome.decisions,
        key=lambda one: (order.get(one.project, last), -one.voters, one.project),
    ):
        project = projects[one.project]
        yield DecidedRow(
            title=project.title,
            cost_cents=project.cost,
            voters=one.voters,
            funded=one.verdict is Verdict.FUNDED,
            sentence=record.explanations[one.project].sentence,
        )


def who_counted(work: SiteWork, slug: RoundId, outcome_digest: str) -> str | None:
    """Return who had this outcome counted, at last; ``None`` when nobody had."""
    entries = work.log.named(slug, _COUNTED)
    counts = [one for one in entries if one.event.facts["outcome_digest"] == outcome_digest]
    return counts[-1].event.by if counts else None


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two names in the event log are one person, however they are written."""
    return _bare(one) == _bare(other)


def require_adopted(work: SiteWork, slug: RoundId, record_digest: str) -> None:
    """Refuse to go on with a record that nobody adopted.

    :raises NotReady: nobody did, or what was adopted is another record.
    """
    if _standing(work, slug, record_digest) is None:
        raise NotReady(
            f"nobody adopted this outcome of {slug}: somebody else than who counted must do that "
            f"first, at the desk or with pb-engine adopt {slug} --by NAME",
            problem="not_adopted",
        )


def adoption_in(work: SiteWork, slug: RoundId, record_digest: str) -> Adoption | None:
    """Return who adopted the record with this digest at last; ``None`` when nobody did."""
    return _of_record(work.log.named(slug, (ADOPTED_EVENT,)), record_digest)


def _standing(work: SiteWork, slug: RoundId, record_digest: str) -> Adoption | None:
    """Return the adoption of what was counted at last: a count anew ends those before it."""
    entries = work.log.named(slug, (*_COUNTED, ADOPTED_EVENT))
    counts = [at for at, one in enumerate(entries) if one.event.name in _COUNTED]
    return _of_record(entries[counts[-1] + 1 :], record_digest) if counts else None


def _of_record(entries: Sequence[LogEntry], record_digest: str) -> Adoption | None:
    for entry in reversed(entries):
        if entry.event.facts["record_digest"] == record_digest:
            outcome = str(entry.event.facts["outcome_digest"])
            return Adoption(entry.event.by, entry.at, outcome, record_digest)
    return None


def _to_adopt(work: SiteWork, slug: RoundId, phase: Phase) -> Correction | None:
    """Return the correction to adopt, or ``None`` for the explained outcome of a round."""
    waiting = waiting_correction(work, slug)
    if phase is not Phase.EXPLAINED and waiting is None:
        raise WrongPhase(
            f"a round in phase {phase} has no outcome to adopt", phase=phase, wanted="explained"
        )
    return waiting


def _record(engine: Engine, slug: str, waiting: Correction | None) -> ElectionRecord:
    if waiting is None:
        return make_record(engine, slug)
    return make_record(engine, slug, waiting.counted, waiting.paper)


def _require_counted_by_another(work: SiteWork, slug: RoundId, by: str, outcome: str) -> None:
    newest = work.log.named(slug, _COUNTED)[-1:]
    if not newest or newest[0].event.facts["outcome_digest"] != outcome:
        raise RecountDiffers(f"the outcome of {slug} is not the one that was counted")
    if is_same_person(newest[0].event.by, by):
        raise NotAllowed(
            "whoever had the ballots counted does not adopt the outcome: ask another official",
            problem="counted",
        )


def _bare(name: str) -> str:
    return sought(name.removeprefix(_AT_A_TERMINAL))
