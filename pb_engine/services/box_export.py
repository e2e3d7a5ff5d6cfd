"""A closed ballot box as one file, for a count on a machine without a network.

One JSON object per line: the first says what the box is, each further one is a sealed ballot with
its place in the log.  No person, no code and no time is in it.  ``docs/reference/box-file.md``
specifies it.  The file is the same for the same box.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pb_engine.ballots import canonical_json, paper_document
from pb_engine.engine import Engine
from pb_engine.errors import FolderRefused, NotReady
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.box_file import FORMAT, KIND, entry_of
from pb_engine.services.paper.record import batch_documents
from pb_engine.services.paper.stacks import by_totals
from pb_engine.services.register_check import last_check
from pb_engine.services.rollback import require_whole
from pb_engine.store.box import BoxState, BoxWork
from pb_engine.units import RoundId


def export_box(engine: Engine, slug: str, out: Path) -> int:
    """Write a closed box to a new file, readable by this account only; return how many ballots.

    :raises NotReady: the round has no box, or it is not closed or not logged whole yet.
    :raises BoxIncomplete: ballots are missing from the box.
    :raises FolderRefused: there is such a file already, or it cannot be written.
    """
    round_id = RoundId(slug)
    require_whole(engine, round_id)
    rules, register = _around(engine, round_id)
    with engine.stores.box.read() as work:
        lines = _lines(work, _closed(work, round_id), rules, register)
        return _write_new(out, lines) - 1


def _closed(work: BoxWork, slug: RoundId) -> BoxState:
    state = work.state(slug)
    if state is None or state.open:
        raise NotReady("the ballot box is not closed", problem="box")
    if work.log.waiting(slug):
        raise NotReady(f"ballots wait for the log: run pb-engine box log {slug}", problem="box")
    return state


def _around(engine: Engine, slug: RoundId) -> tuple[bytes, dict[str, int]]:
    with engine.stores.site.read() as site:
        freezes = site.freezes.all(slug)
    rules = next((one.document for one in freezes if one.moment == "voting"), b"")
    with engine.stores.register.read() as register:
        counts = register.entitlements.counts(slug)
    told = {str(channel): number for channel, number in counts.items()}
    found = last_check(engine, slug)
    return rules, {**told, "problems": found.problems if found else 0}


def _lines(
    work: BoxWork, state: BoxState, rules: bytes, register: Mapping[str, int]
) -> Iterator[bytes]:
    slug = state.round
    places = {entry: at for at, entry in enumerate(work.log.entries(slug, work.log.size(slug)))}
    yield canonical_json(_head_line(work, state, rules, register, len(places))) + b"\n"
    for ballot in work.every(slug):
        line = {
            "at": places[entry_of(ballot)],
            "pseudonym": ballot.pseudonym,
            "number": ballot.number,
            "style": ballot.style,
            "sealed": base64.b64encode(ballot.sealed).decode(),
        }
        yield canonical_json(line) + b"\n"


def _head_line(
    work: BoxWork, state: BoxState, rules: bytes, register: Mapping[str, int], size: int
) -> dict[str, object]:
    slug = state.round
    heads = work.log.heads(slug)
    cosigned = (one for head in heads for one in work.log.cosignatures(slug, head.size))
    return {
        "kind": KIND,
        "format": FORMAT,
        "round": slug,
        "suite": state.suite,
        "public_key": state.public_key.hex(),
        "manifest": state.manifest,
        "log_key": (work.log.key(slug) or b"").hex(),
        "rules": rules.decode(),
        "papers": _papers(work, slug),
        "heads": [[one.size, one.root.hex(), one.signature.hex()] for one in heads],
        "cosignatures": [[one.size, one.witness.hex(), one.signature.hex()] for one in cosigned],
        "register": dict(register),
        **_paper(work, slug),
        "ballots": size,
    }


def _paper(work: BoxWork, slug: RoundId) -> dict[str, object]:
    """Return what is known about paper, for the head line of a box that has any."""
    sheets = (one for one in work.sheets.stacks(slug) if not by_totals(one))
    batches = batch_documents(tuple(sheets))
    names = list(work.sheets.pseudonyms(slug))
    return {"paper": {"batches": batches, "pseudonyms": names}} if batches else {}


def _papers(work: BoxWork, slug: RoundId) -> dict[str, object]:
    styles = {STYLE} | {ballot.style for ballot in work.every(slug)}
    found = {style: work.paper(slug, style) for style in sorted(styles)}
    return {style: paper_document(paper) for style, paper in found.items() if paper}


def _write_new(path: Path, lines: Iterator[bytes]) -> int:
    """Write lines to a new file, whole and on the disk, or leave no file; return how many."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as problem:
        raise FolderRefused(f"{path} cannot be written: {problem.strerror}") from problem
    number = 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for number, line in enumerate(lines, start=1):  # noqa: B007 - counts what was written
                file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as problem:
        with suppress(OSError):
            path.unlink()
        if isinstance(problem, OSError):
            raise FolderRefused(f"{path} cannot be written: {problem.strerror}") from problem
        raise
    return number
