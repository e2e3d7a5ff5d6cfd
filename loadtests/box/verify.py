"""What it costs to verify a bundle: seconds for so many ballots, and microseconds per ballot.

    python loadtests/box/verify.py --ballots 1000 --ballots 100000

A real round gives the bundle; its ballots, entries and receipts are multiplied and counted again,
so that every check holds.  Seconds are CPU of one core.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import resource
import time

from pb_engine.ballots import Ballot, canonical_json, listing
from pb_engine.sealing import (
    TreeHead,
    cast_names,
    leaf_hash,
    pack,
    receipt_number,
    roots,
    sign_head,
    unpack,
)
from pb_engine.tallying.outcome_document import outcome_document
from pb_engine.tallying.record import ElectionRecord, read_record, record_bytes
from pb_engine.tallying.recount import record_election
from pb_engine.verifier import check_bundle
from tests.verifier.bundles import Published, published, spelled, tally

BATCH = 500


def multiplied(true: Published, ballots: int) -> bytes:
    """Return a true bundle with so many ballots."""
    record = read_record(true.files["record.json"])
    entries = [hashlib.sha256(str(at).encode()).hexdigest() for at in range(ballots)]
    many = tuple(record.ballots[at % len(record.ballots)] for at in range(ballots))
    record = counted(
        dataclasses.replace(
            record,
            ballots=many,
            superseded=(),
            receipts=tuple(sorted(map(receipt_number, entries))),
        )
    )
    sizes = [*range(0, ballots, BATCH), ballots]
    found = roots([leaf_hash(bytes.fromhex(entry)) for entry in entries], sizes)
    heads = [head(true, size, found[size]) for size in sizes]
    about = json.loads(true.files["bundle.json"])
    numbers = {"entries": ballots, "ballots": ballots, "listed": ballots, "superseded": 0}
    total = {"digital": ballots, "paper": 0, "none": 0}
    files = {
        **{name: body for name, body in true.files.items() if not name.startswith("SHA256")},
        "record.json": record_bytes(record),
        "ballots.jsonl": listing(named(at, one) for at, one in enumerate(many)),
        "log.jsonl": spelled(entries),
        "heads.jsonl": spelled(heads),
        "events.jsonl": spelled(story(true, record, entries, found[ballots])),
        "bundle.json": canonical_json({**about, **numbers}),
        "register.json": canonical_json({"areas": {}, "total": total}),
    }
    return pack(files, round_id=true.slug, key=true.log_key)


def counted(record: ElectionRecord) -> ElectionRecord:
    election = record_election(record)
    return dataclasses.replace(
        record,
        outcome=tally(record.method, election),
        compared=tuple((one, tally(one, election)) for one, _ in record.compared),
    )


def named(place: int, ballot: Ballot) -> tuple[str, Ballot]:
    return cast_names(f"{place:032x}", round_id="x", pseudonym="p", ballot=b"").tracker, ballot


def head(true: Published, size: int, root: bytes) -> dict[str, object]:
    signature = sign_head(TreeHead(true.slug, size, root), key=true.log_key)
    return {"size": size, "root": root.hex(), "signature": signature.hex(), "cosignatures": []}


def story(
    true: Published, record: ElectionRecord, entries: list[str], root: bytes
) -> list[dict[str, object]]:
    box = hashlib.sha256(b"".join(map(bytes.fromhex, sorted(entries)))).hexdigest()
    outcome = hashlib.sha256(canonical_json(outcome_document(record.outcome))).hexdigest()
    facts = {
        "voting_closed": {"ballots": len(entries), "box_digest": box},
        "box_log_finished": {"entries": len(entries), "root": root.hex()},
        "box_opened": {"counted": len(entries), "superseded": 0, "invalid": 0},
        "ballots_tallied": {"outcome_digest": outcome, "funded": len(record.outcome.selected)},
    }
    return [
        {**event, "facts": {**event["facts"], **facts.get(event["name"], {})}}
        for event in true.lines("events.jsonl")
    ]


def measured(ballots: int) -> str:
    raw = multiplied(published(), ballots)
    start = time.process_time()
    findings = check_bundle(raw, tally)
    seconds = time.process_time() - start
    wrong = [one.sentence.en for one in findings if not one.holds]
    if wrong:
        raise SystemExit(f"this bundle should be true: {wrong}")
    start = time.process_time()
    unpack(raw)
    reading = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{ballots:9} ballots, {len(raw) / 1e6:6.1f} MB: {seconds:7.2f} s of CPU "
        f"({reading:.2f} s of it unpacking), {1e6 * seconds / ballots:6.1f} µs per ballot, "
        f"peak {peak} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ballots", type=int, action="append")
    for ballots in parser.parse_args().ballots or [1_000, 10_000, 100_000]:
        print(measured(ballots), flush=True)


if __name__ == "__main__":
    main()
