"""All checks of a bundle, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pb_engine.errors import EngineError
from pb_engine.sealing import unpack
from pb_engine.tallying.published import ElectionRecord
from pb_engine.tallying.record import read_record
from pb_engine.tallying.recount import Tally
from pb_engine.verifier import (
    counts,
    envelope,
    log,
    papers,
    parts,
    questions,
    refusals,
    rules,
    trackers,
)
from pb_engine.verifier.corrections import corrections
from pb_engine.verifier.finding import Finding, bad
from pb_engine.verifier.questions import Asked
from pb_engine.verifier.records import check_record

Values = Mapping[str, object]


def check_bundle(raw: bytes, tally: Tally, asked: Asked | None = None) -> list[Finding]:
    """Check a bundle, and answer what is asked of it; stop at nothing that can be gone past.

    A bundle is true when every finding holds.  What cannot be read is one finding, and so is
    every check that needed it.

    :param tally: counts by the method a record names; may raise ``EngineError``.
    """
    try:
        files = unpack(raw)
    except EngineError as problem:
        return [_unreadable("archive", problem.sentence)]
    values, complaints = _read(files, asked or Asked())
    return [
        *envelope.outside(raw, files),
        *envelope.sums(files),
        *complaints,
        *check_record(files.get("record.json", b""), tally),
        *(finding for check in _CHECKS for finding in _run(check, values)),
    ]


def _read(files: Mapping[str, bytes], asked: Asked) -> tuple[dict[str, object], list[Finding]]:
    values: dict[str, object] = {"files": files, "asked": asked}
    complaints = []
    for name, (file, read) in _READERS.items():
        try:
            values[name] = read(files.get(file, b""), values)
        except EngineError as problem:
            complaints.append(_unreadable("form", problem.sentence))
    return values, complaints


def _run(check: tuple[str, Callable[..., Iterable[Finding]]], values: Values) -> Iterator[Finding]:
    needs, function = check[0].split(), check[1]
    missing = [name for name in needs if name not in values]
    if missing:
        what = ", ".join(missing)
        yield bad("unchecked", f"Niet na te gaan zonder: {what}.", f"Unchecked without: {what}.")
        return
    try:
        yield from function(*(values[name] for name in needs))
    except EngineError as problem:
        yield _unreadable("form", problem.sentence)


def _unreadable(check: str, sentence: str) -> Finding:
    return bad(check, f"Niet leesbaar: {sentence}.", f"Not readable: {sentence}.")


def _record(content: bytes, _: Values) -> ElectionRecord:
    return read_record(content)


def _heads(content: bytes, values: Values) -> object:
    about = values.get("about")
    return parts.read_heads(content, about.round if isinstance(about, parts.About) else "")


def _listed(content: bytes, values: Values) -> object:
    record = values.get("record")
    if not isinstance(record, ElectionRecord):
        return ()
    return parts.read_listed(content, record.paper.format)


_READERS: Mapping[str, tuple[str, Callable[[bytes, Values], object]]] = {
    "about": ("bundle.json", lambda content, _: parts.read_about(content)),
    "record": ("record.json", _record),
    "manifest": ("manifest.json", lambda content, _: parts.read_manifest(content)),
    "entries": ("log.jsonl", lambda content, _: parts.read_entries(content)),
    "heads": ("heads.jsonl", _heads),
    "events": ("events.jsonl", lambda content, _: parts.read_events(content)),
    "register": ("register.json", lambda content, _: parts.read_register(content)),
    "listed": ("ballots.jsonl", _listed),
    "paper": ("paper.json", lambda content, _: papers.read_paper_file(content)),
}

_CHECKS: tuple[tuple[str, Callable[..., Iterable[Finding]]], ...] = (
    ("files about", envelope.signature),
    ("files record", rules.digest),
    ("manifest record about", rules.agreement),
    ("entries heads", log.entries),
    ("heads about", log.signatures),
    ("heads about", log.cosignatures),
    ("entries record", log.receipts),
    ("about entries record", counts.numbers),
    ("events", counts.story),
    ("events entries record", counts.facts),
    ("events heads", counts.last_head),
    ("register record", counts.register),
    ("paper events", papers.batches),
    ("paper entries record", papers.entries),
    ("paper record events", papers.totals),
    ("paper events", corrections),
    ("paper register record events", papers.register),
    ("paper heads record events", papers.sample),
    ("listed record about", trackers.listed),
    ("listed", trackers.trackers),
    ("asked entries record", questions.of_receipts),
    ("asked about", questions.of_signatures),
    ("asked listed record", questions.of_trackers),
    ("asked entries about", questions.of_witnesses),
    ("asked heads about", questions.of_keys),
    ("asked heads about events", refusals.of_refusals),
)
"""What each check needs, and the check."""
