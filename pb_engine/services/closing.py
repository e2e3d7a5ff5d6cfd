"""Closing: one state change in the box, then the keys that could link are erased."""

from __future__ import annotations

import hashlib

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import NotReady, PaperRefused
from pb_engine.sealing import entry_id
from pb_engine.services import keys
from pb_engine.services.rollback import journal_of, require_whole
from pb_engine.services.sequencing import append_waiting
from pb_engine.store.box import BoxWork, SignedHead
from pb_engine.units import RoundId


def close_box(engine: Engine, slug: RoundId, by: str, *, cancelled: bool = False) -> list[Event]:
    """Close the ballot box of a round for ever; return the events to log.

    Takes the same lock as casting: whoever got a receipt is in, nobody comes after.  Then every
    ballot that waits enters the log, under its last head.  Safe to repeat: a closed box stays
    closed and gives the same events.

    :param cancelled: the round stops, so that it does not matter which paper was not counted.
    :raises NotReady: the round has no ballot box.
    :raises PaperRefused: a batch of paper is neither accepted nor left out; the box stays open.
    :raises BoxIncomplete: ballots are missing; the box stays open until they are back.
    """
    require_whole(engine, slug)
    with engine.stores.box.write() as work:
        state = work.lock_to_close(slug)
        if state is None:
            raise NotReady(f"round {slug} has no ballot box", problem="box")
        if state.open:
            _require_paper_counted(work, slug, cancelled=cancelled)
            work.close_round(slug)
        work.commit()
    journal = journal_of(engine, slug)
    if journal:
        journal.note_close()
    append_waiting(engine, slug, everything=True)
    gone = (keys.link(slug), keys.ticket(slug), keys.spent(slug), keys.paper(slug))
    erased = sum(engine.keyring.erase(name) for name in gone)
    with engine.stores.box.read() as reading:
        voters, digest = reading.voters(slug), box_digest(reading, slug)
        head = reading.log.head(slug)
    return [
        Event("voting_closed", slug, by, {"ballots": voters, "box_digest": digest}),
        Event("link_keys_erased", slug, by, {"keys": int(erased)}),
        *([_finished(head, by)] if head else []),
    ]


def _require_paper_counted(work: BoxWork, slug: RoundId, *, cancelled: bool) -> None:
    # Whoever opens a batch holds the state of the box, so none comes after this look.
    waiting = 0 if cancelled else work.sheets.unfinished(slug)
    if waiting:
        raise PaperRefused(
            f"{waiting} batches of paper ballots of {slug} are neither accepted nor left out",
            problem="open_batches",
            number=waiting,
        )


def _finished(head: SignedHead, by: str) -> Event:
    facts: dict[str, str | int] = {"entries": head.size, "root": head.root.hex()}
    return Event("box_log_finished", head.round, by, facts)


def box_digest(work: BoxWork, slug: RoundId) -> str:
    """Return one hash over all entries of a closed box, independent of any order."""
    entries = sorted(
        entry_id(
            round_id=slug,
            pseudonym=ballot.pseudonym,
            number=ballot.number,
            sealed=ballot.sealed,
        )
        for ballot in work.every(slug)
    )
    whole = hashlib.sha256()
    for entry in entries:
        whole.update(bytes.fromhex(entry))
    return whole.hexdigest()
