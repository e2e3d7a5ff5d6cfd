"""From the box into its log: in random order, many at a time, under a signed head.

Casting never touches the log.  Ballots wait until enough of them are there, so that nobody
learns from the log who voted when.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from pb_engine.engine import Engine
from pb_engine.errors import EngineError, InvalidKey, NotReady
from pb_engine.sealing import (
    TreeHead,
    entry_id,
    leaf_hash,
    new_signing_key,
    public_part,
    receipt_number,
    root,
    sign_head,
)
from pb_engine.services import keys
from pb_engine.services.head_files import keep_head
from pb_engine.services.rollback import journal_of, require_whole
from pb_engine.store.box import Batch, BoxWork, LoggedBallot, SignedHead, StoredBallot, sweep
from pb_engine.units import RoundId

SMALLEST_BATCH = 20
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Appended:
    """What a log became.

    :ivar entries: how many entries were added now.
    :ivar size: how many there are.
    :ivar waiting: ballots that wait for more of them, or for the night.
    """

    entries: int
    size: int
    waiting: int


def begin_log(engine: Engine, work: BoxWork, slug: RoundId) -> SignedHead:
    """Give a box its log: the key, made now, and a signed head of an empty log.

    Part of the unit of work that opens the box; the caller commits.
    """
    private = engine.keyring.get_or_create(keys.log(slug), new_signing_key)
    work.log.keep_key(slug, public_part(private))
    head = _signed(slug, (), private)
    work.log.add_head(head)
    return head


def append_waiting(engine: Engine, slug: str, *, everything: bool = False) -> Appended:
    """Bring waiting ballots into the log when at least twenty wait, and sign the new head.

    Two of these at once take turns; each ballot enters once.  What a crash left between the
    journal and the store is finished first, exactly as it was signed.

    :param everything: take also fewer than twenty: at night, and at the close.
    :raises NotReady: the round has no ballot box.
    :raises BoxIncomplete: ballots are missing from the box; the log is not touched.
    :raises InvalidKey: the key of the log is gone, or is another one.
    """
    round_id = RoundId(slug)
    least = 1 if everything else SMALLEST_BATCH
    with engine.stores.box.read() as reading:
        if reading.state(round_id) is None:
            raise NotReady(f"round {slug[:40]} has no ballot box", problem="box")
        waiting, size = reading.log.waiting(round_id), reading.log.size(round_id)
        begun = reading.log.head(round_id) is not None
    if begun and waiting < least:
        return Appended(0, size, waiting)
    require_whole(engine, round_id)
    with engine.stores.box.write() as work:
        work.log.take_turn(round_id)
        head = _newest(engine, work, round_id)
        finished = finish_batches(engine, work, head)
        head = work.log.head(round_id) or head
        added = _append(engine, work, head, least)
        size, waiting = work.log.size(round_id), work.log.waiting(round_id)
        newest = work.log.head(round_id)
        work.commit()
    if newest is not None:
        keep_head(engine, newest)
    _swept(engine, round_id)
    return Appended(finished + added, size, waiting)


def _swept(engine: Engine, slug: RoundId) -> None:
    # The ballots are safe whatever happens here, and the next batch sweeps again.
    try:
        gone = sweep(engine.stores.box)
    except EngineError as problem:
        _log.warning("inbox not swept", round=slug, why=problem.sentence)
    else:
        if not gone:
            _log.info("inbox not swept", round=slug, why="somebody is at work in the box")


def append_everywhere(engine: Engine, *, everything: bool = False) -> dict[RoundId, Appended]:
    """Do ``append_waiting`` for every open box; a refusal is logged and stops no other."""
    with engine.stores.box.read() as work:
        taking = work.open_rounds()
    done: dict[RoundId, Appended] = {}
    for slug in taking:
        try:
            done[slug] = append_waiting(engine, slug, everything=everything)
        except EngineError as problem:
            _log.error("log not appended", round=slug, code=problem.code, why=problem.sentence)
    return done


def finish_batches(engine: Engine, work: BoxWork, head: SignedHead) -> int:
    """Put batches into the log that the journal has and the store has not; count the entries.

    Part of a unit of work that has its turn at the log; the caller commits.
    """
    journal = journal_of(engine, head.round)
    batches = journal.told().batches if journal else ()
    entries = 0
    for batch in sorted(batches, key=lambda one: one.head.size):
        if batch.head.size > head.size:
            work.log.append(head.round, batch.ballots)
            work.log.add_head(batch.head)
            entries += len(batch.ballots)
    return entries


def _newest(engine: Engine, work: BoxWork, slug: RoundId) -> SignedHead:
    # A box that was opened before boxes had logs gets its log now.
    return work.log.head(slug) or begin_log(engine, work, slug)


def _append(engine: Engine, work: BoxWork, head: SignedHead, least: int) -> int:
    slug = head.round
    ballots = list(work.log.waiting_ballots(slug))
    if len(ballots) < least:
        return 0
    secrets.SystemRandom().shuffle(ballots)
    placed = tuple(_placed(one, head.size + place) for place, one in enumerate(ballots))
    entries = [*work.log.entries(slug, head.size), *(one.entry for one in placed)]
    batch = Batch(placed, _signed(slug, entries, _private(engine, work, slug)))
    journal = journal_of(engine, slug)
    if journal:
        journal.note_ballots(*ballots)
        journal.note_batch(batch)
    work.log.append(slug, placed)
    work.log.add_head(batch.head)
    return len(placed)


def _private(engine: Engine, work: BoxWork, slug: RoundId) -> bytes:
    private = engine.keyring.get(keys.log(slug))
    if public_part(private) != work.log.key(slug):
        raise InvalidKey(f"key {keys.log(slug)} is not the key of this log", problem="foreign")
    return private


def _placed(ballot: StoredBallot, position: int) -> LoggedBallot:
    entry = entry_id(
        round_id=ballot.round,
        pseudonym=ballot.pseudonym,
        number=ballot.number,
        sealed=ballot.sealed,
    )
    receipt = receipt_number(entry)
    return LoggedBallot(position, entry, receipt, ballot.pseudonym, ballot.number)


def _signed(slug: RoundId, entries: Sequence[str], private: bytes) -> SignedHead:
    top = root([leaf_hash(bytes.fromhex(entry)) for entry in entries])
    signature = sign_head(TreeHead(slug, len(entries), top), key=private)
    return SignedHead(slug, len(entries), top, signature)
