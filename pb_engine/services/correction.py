"""A published result is corrected: counted again, adopted again, published beside the old one.

The old result stays public, marked as replaced.  Until the new one is published nothing changes for
residents, and a correction can be dropped.
"""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.ballots import canonical_json
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import CorrectionRefused, NotReady, WrongPhase
from pb_engine.services.adoption import require_adopted
from pb_engine.services.council import require_affordable
from pb_engine.services.counting import counted_documents, election_of, explained_document
from pb_engine.services.editions import CORRECTED_EVENT
from pb_engine.services.making_record import Counted, make_record
from pb_engine.services.paper.corrected import (
    Corrected,
    corrected_batch,
    corrected_paper,
    keep_corrected,
    public_corrections,
)
from pb_engine.services.paper.totals import Numbers
from pb_engine.services.publication import (
    edition_name,
    files_of,
    is_of_an_edition,
    published_record,
    put_files,
)
from pb_engine.services.rules import digest_of
from pb_engine.services.waiting_correction import (
    COUNTED_EVENT,
    Correction,
    forget_waiting,
    keep_waiting,
    waiting_correction,
)
from pb_engine.store.site import SiteWork
from pb_engine.tallying.record import outcome_document, record_bytes
from pb_engine.units import RoundId

SHORTEST_REASON, LONGEST_REASON = 10, 2000


def begin_correction(
    engine: Engine, slug: str, reason: str, numbers: Mapping[int, Numbers], by: str
) -> str:
    """Count a published round again; return the digest of the outcome.  Nothing public changes.

    A correction that waits already gives way to this one.

    :param numbers: for batches of totals that were wrong, every line anew; none where the same
        box is counted again as it is.
    :raises WrongPhase: there is no published result.
    :raises CorrectionRefused: no reason, or the result is the same (``problem="nothing"``).
    :raises PaperRefused: a batch has no totals, or other numbers than its sheets can have.
    :raises TallyRefused: the method cannot count or explain.
    """
    round_id, why = RoundId(slug), tidy(reason)
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise CorrectionRefused("say why the result is corrected", problem="reason")
    with engine.stores.site.read() as work:
        _require_published(work.rounds.get(round_id).phase)
        before = corrected_paper(work, round_id)
    with engine.stores.box.read() as box:
        stacks = box.sheets.stacks(round_id)
        anew = {one: corrected_batch(box, round_id, one, told) for one, told in numbers.items()}
    paper: Corrected = {**before, **anew}
    election, methods = election_of(engine, slug, paper)
    outcome, compared = counted_documents(engine, election, methods)
    explanations = explained_document(engine, methods[0], election, outcome)
    counted = Counted(outcome, compared, explanations)
    _require_other(engine, slug, Correction(why, counted, paper))
    document, public = canonical_json(outcome_document(outcome)), public_corrections(stacks, paper)
    facts: dict[str, str | int] = {
        "reason": why,
        "method": outcome.method,
        "outcome_digest": digest_of(document),
        "funded": len(outcome.selected),
        "paper": canonical_json(public).decode(),
    }
    with engine.stores.site.write() as writing:
        _require_published(writing.rounds.lock(round_id).phase)
        keep_waiting(writing, round_id, Correction(why, counted, paper))
        writing.log.append(Event(COUNTED_EVENT, round_id, by, facts), engine.clock())
        writing.commit()
    return digest_of(document)


def _require_other(engine: Engine, slug: str, made: Correction) -> None:
    digest = digest_of(record_bytes(make_record(engine, slug, made.counted, made.paper)))
    if published_record(engine, slug)[1] == digest:
        raise CorrectionRefused("counted again, the result is the same", problem="nothing")


def drop_correction(engine: Engine, slug: str, by: str) -> None:
    """Throw away the correction that waits; the published result stays.

    :raises NotReady: none waits.
    """
    round_id = RoundId(slug)
    with engine.stores.site.write() as work:
        work.rounds.lock(round_id)
        facts = {"reason": _waiting(work, round_id).reason}
        forget_waiting(work, round_id)
        work.log.append(Event("correction_dropped", round_id, by, facts), engine.clock())
        work.commit()


def publish_correction(engine: Engine, slug: str, by: str) -> str:
    """Publish the correction that waits; the old files stay, under other names.

    :returns: the digest of the new record.
    :raises NotReady: none waits, or nobody adopted it.
    :raises DecisionRefused: with what the council decided it costs more than there is.
    :raises RecountDiffers: the record does not give the outcome; nothing was published.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        waiting = _waiting(work, round_id)
    record = make_record(engine, slug, waiting.counted, waiting.paper)
    raw = record_bytes(record)
    digest = digest_of(raw)
    with engine.stores.site.read() as work:
        require_adopted(work, round_id, digest)
    made = files_of(engine, slug, raw, waiting.paper)
    with engine.stores.site.write() as writing:
        stored = writing.rounds.lock(round_id)
        _require_published(stored.phase)
        if _waiting(writing, round_id) != waiting:
            raise NotReady("the correction changed meanwhile; look again", problem="correction")
        require_adopted(writing, round_id, digest)
        edition = 1 + len(writing.log.named(round_id, (CORRECTED_EVENT,)))
        replaced = _put_aside(writing, round_id, edition)
        put_files(writing, round_id, made)
        _put_count(writing, round_id, waiting)
        costs = {one.id: one.cost for one in record.projects}
        counted = {one: costs[one] for one in record.outcome.selected}
        require_affordable(writing, stored.round, counted)
        facts: dict[str, str | int] = {
            "edition": edition,
            "record_digest": digest,
            "replaced_digest": replaced,
            "reason": waiting.reason,
        }
        writing.log.append(Event(CORRECTED_EVENT, round_id, by, facts), engine.clock())
        writing.commit()
    return digest


def _put_aside(work: SiteWork, slug: RoundId, edition: int) -> str:
    """Give what is public now the name of an old edition; return the digest of its record."""
    digest = ""
    for line in work.publications.all(slug):
        if not is_of_an_edition(line.name):
            file = work.publications.get(slug, line.name)
            digest = file.digest if line.name == "record.json" else digest
            work.publications.rename(slug, line.name, edition_name(edition, line.name))
    return digest


def _put_count(work: SiteWork, slug: RoundId, waiting: Correction) -> None:
    counted = waiting.counted
    work.counts.put(slug, "outcome", canonical_json(outcome_document(counted.outcome)))
    work.counts.put(slug, "compared", counted.compared)
    work.counts.put(slug, "explanations", counted.explanations)
    keep_corrected(work, slug, waiting.paper)
    forget_waiting(work, slug)


def _waiting(work: SiteWork, slug: RoundId) -> Correction:
    found = waiting_correction(work, slug)
    if found is None:
        raise NotReady("no correction waits", problem="correction")
    return found


def _require_published(phase: Phase) -> None:
    if phase is not Phase.PUBLISHED:
        raise WrongPhase("there is no published result to correct", phase=phase, wanted="published")
