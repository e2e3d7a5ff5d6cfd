"""The bundle: everything about a counted round that anybody needs to check it, in one file.

``docs/reference/bundle.md`` specifies it; ``pb_engine.verifier`` checks it.
"""

from __future__ import annotations

from collections.abc import Iterable

from pb_engine.ballots import FEWEST_LISTED, canonical_json, decode_ballot, listing
from pb_engine.domain.events import LogEntry
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.sealing import pack
from pb_engine.services import keys
from pb_engine.services.paper.corrected import Corrected, corrected_paper, public_corrections
from pb_engine.services.paper.record import batch_documents, paper_entries, sample_in
from pb_engine.services.shown_counts import shown_counts
from pb_engine.store.box import BoxState, BoxWork, Opening, SignedHead
from pb_engine.store.register import Channel
from pb_engine.tallying.record import ElectionRecord
from pb_engine.units import RoundId

VERSION = 1
BUNDLE_NAME = "bundle.zip"
BALLOTS_NAME = "ballots.jsonl"
PUBLIC_EVENTS = frozenset(
    {
        "seed_published", "ideas_opened", "review_started", "trustees_named", "voting_opened",
        "rules_amended", "voting_closed", "link_keys_erased", "box_log_finished", "box_opened",
        "count_taken_in", "ballots_tallied", "outcome_explained", "register_frozen",
        "register_checked", "correction_counted",
        "paper_batch_opened", "paper_batch_by_totals",
        "paper_batch_accepted", "paper_batch_left_out", "paper_surplus_explained",
        "paper_sample_drawn", "paper_sample_checked",
    }
)  # fmt: skip
"""What the public learns of the event log: what happened to the round, and not who did it."""
_COUNTED = (Channel.DIGITAL, Channel.PAPER, Channel.NONE)


def make_bundle(
    engine: Engine,
    slug: str,
    record: ElectionRecord,
    raw: bytes,
    corrected: Corrected | None = None,
) -> bytes:
    """Return the bundle of a round that is counted and explained; the same one every time.

    :param raw: the bytes of ``record`` as they are published.
    :param corrected: the totals of paper on which it rests, where they are not in force yet.
    :raises NotReady: the box is not opened, or has no log.
    :raises InvalidKey: the key of the log is gone.
    """
    round_id = RoundId(slug)
    with engine.stores.box.read() as box:
        state, opening = box.state(round_id), box.opening(round_id)
        if state is None or opening is None:
            raise NotReady("the ballot box is not opened yet", problem="box")
        files = _from_the_box(box, state, opening)
        stacks, entries = box.sheets.stacks(round_id), paper_entries(box, round_id)
    with engine.stores.site.read() as site:
        freezes = site.freezes.all(round_id)
        sample = sample_in(site, round_id)
        told = corrected_paper(site, round_id) if corrected is None else corrected
    paper: dict[str, object] = {
        "batches": batch_documents(stacks),
        "entries": entries,
        "sample": sample,
    }
    if told:
        paper["corrected"] = public_corrections(stacks, told)
    files |= {
        "events.jsonl": _lines(map(_event, _events(engine, round_id))),
        "manifest.json": next(one.document for one in reversed(freezes) if one.moment != "ideas"),
        "paper.json": canonical_json(paper),
        "record.json": raw,
        "register.json": canonical_json(_register(engine, round_id)),
    }
    return pack(files, round_id=record.round, key=engine.keyring.get(keys.log(slug)))


def _from_the_box(box: BoxWork, state: BoxState, opening: Opening) -> dict[str, bytes]:
    heads, key = box.log.heads(state.round), box.log.key(state.round)
    if not heads or key is None:
        raise NotReady("the ballot box has no log", problem="log")
    size = heads[-1].size
    ballots = _listed(opening)
    about = {
        "v": VERSION,
        "round": state.round,
        "suite": state.suite,
        "round_key": state.public_key.hex(),
        "log_key": key.hex(),
        "receipt_key": state.receipt_key.hex(),
        "entries": size,
        "superseded": len(opening.superseded),
        "invalid": opening.invalid,
        "ballots": len(opening.ballots),
        "listed": ballots.count(b"\n"),
    }
    return {
        BALLOTS_NAME: ballots,
        "bundle.json": canonical_json(about),
        "heads.jsonl": _lines(_head(box, head) for head in heads),
        "log.jsonl": _lines(box.log.entries(state.round, size)),
    }


def _listed(opening: Opening) -> bytes:
    """Return the list of ballots, which is empty when there are too few to list."""
    if len(opening.ballots) < FEWEST_LISTED or not opening.trackers:
        return b""
    return listing(
        (tracker, decode_ballot(raw))
        for tracker, raw in zip(opening.trackers, opening.ballots, strict=True)
    )


def _head(box: BoxWork, head: SignedHead) -> dict[str, object]:
    return {
        "size": head.size,
        "root": head.root.hex(),
        "signature": head.signature.hex(),
        "cosignatures": [
            [one.witness.hex(), one.signature.hex()]
            for one in box.log.cosignatures(head.round, head.size)
        ],
    }


def _event(entry: LogEntry) -> dict[str, object]:
    event = entry.event
    at = entry.at.isoformat(timespec="seconds")
    return {"name": event.name, "at": at, "facts": dict(event.facts)}


def _events(engine: Engine, slug: RoundId) -> Iterable[LogEntry]:
    number = 0
    with engine.stores.site.read() as work:
        while page := work.log.entries(number, round_id=slug):
            yield from (one for one in page if one.event.name in PUBLIC_EVENTS)
            number = page[-1].number


def _register(engine: Engine, slug: RoundId) -> dict[str, object]:
    """Count voting rights per area and channel; what would point at few people is ``None``."""
    with engine.stores.register.read() as work:
        found = {
            place: count
            for place, count in work.entitlements.counts_per_area(slug).items()
            if place[1] in _COUNTED
        }
    total = {
        str(channel): sum(count for (_, one), count in found.items() if one is channel)
        for channel in _COUNTED
    }
    used = {name for name, count in total.items() if count}
    areas = sorted({area for area, _ in found})
    counts = {(area, name): found.get((area, Channel(name)), 0) for area in areas for name in used}
    return {"total": total, "areas": shown_counts(counts, areas) if len(areas) > 1 else {}}


def _lines(values: Iterable[object]) -> bytes:
    return b"".join(canonical_json(value) + b"\n" for value in values)
