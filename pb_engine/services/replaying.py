"""Putting back what a restored backup of the box has lost, from the journal on another disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pb_engine.engine import Engine
from pb_engine.errors import AlreadyVoted, NotReady
from pb_engine.services.head_files import keep_head
from pb_engine.services.rollback import journal_of
from pb_engine.services.sequencing import begin_log, finish_batches
from pb_engine.store.box import BoxWork, StoredBallot
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did.

    :ivar ballots: how many were put back.
    :ivar replaced: acknowledged ballots whose place was taken meanwhile by a later ballot of
        the same voting right; that one counts, as it would have.
    :ivar entries: how many were put back into the log, at the places where they stood.
    :ivar closed: the box was closed again.
    :ivar damaged: bytes of the journal that could not be read.
    """

    ballots: int
    replaced: int
    entries: int
    closed: bool
    damaged: int


def replay(engine: Engine, slug: str) -> Replayed:
    """Put everything that the journal has and the box has not back into the box.

    One unit of work: all of it, or nothing.  Doing it again changes nothing.

    :raises NotReady: this installation keeps no journal, or the box itself is not there.
    :raises StoreProblem: the journal cannot be read, or the box is closed and not whole.
    """
    round_id = RoundId(slug)
    journal = journal_of(engine, round_id)
    if journal is None:
        raise NotReady("this installation keeps no journal: PB_JOURNAL is not set", problem="box")
    told = journal.told()
    with engine.stores.box.write() as work:
        work.log.take_turn(round_id)
        state = work.lock_to_close(round_id)
        if state is None:
            raise NotReady(
                f"the box of {slug[:40]} is not in the store; restore a backup that has it",
                problem="box",
            )
        ballots, replaced = _put_back(work, round_id, told.ballots)
        head = work.log.head(round_id) or begin_log(engine, work, round_id)
        entries = finish_batches(engine, work, head)
        closed = told.closed and work.close_round(round_id)
        newest = work.log.head(round_id) or head
        work.commit()
    keep_head(engine, newest)
    return Replayed(ballots, replaced, entries, closed, told.damaged)


def _put_back(work: BoxWork, slug: RoundId, noted: Iterable[StoredBallot]) -> tuple[int, int]:
    there = set(work.places(slug))
    put = replaced = 0
    for ballot in noted:
        if (ballot.pseudonym, ballot.number) in there:
            replaced += ballot not in work.ballots_of(slug, ballot.pseudonym)
            continue
        try:
            work.deposit(ballot)
        except AlreadyVoted:
            replaced += 1
        else:
            put += 1
            there.add((ballot.pseudonym, ballot.number))
    return put, replaced
