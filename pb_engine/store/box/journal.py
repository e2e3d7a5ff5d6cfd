"""The journal of one box: what it acknowledged, on another disk than the box itself.

It holds every ballot that got a receipt and every batch that was signed into the log, so that a
box restored from an old backup becomes again exactly what it was.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.errors import StoreProblem
from pb_engine.store.box.records import RecordFile
from pb_engine.store.box.values import LoggedBallot, SignedHead, StoredBallot
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Batch:
    """Ballots that entered the log together, and the head that was signed over them."""

    ballots: tuple[LoggedBallot, ...]
    head: SignedHead


@dataclass(frozen=True, slots=True)
class Told:
    """What a journal tells about a box.

    :ivar closed: the box was closed.
    :ivar damaged: bytes that could not be read.
    """

    ballots: tuple[StoredBallot, ...]
    batches: tuple[Batch, ...]
    closed: bool
    damaged: int


class Journal:
    """The journal of the box of one round: a file ``<round>.journal`` in a folder.

    Every ``note`` is on the disk when it returns, and noting the same twice notes it once.

    :raises StoreProblem: from any method: the file cannot be used, is damaged, or is of
        another round.
    """

    def __init__(self, folder: Path, slug: RoundId) -> None:
        self._slug = slug
        self._file = RecordFile(folder / f"{slug}.journal")

    def note_ballots(self, *ballots: StoredBallot) -> None:
        """Note ballots that are in the box; only then may their voters get receipts."""
        self._file.append(*(self._noted("ballot", _ballot_document(one)) for one in ballots))

    def note_batch(self, batch: Batch) -> None:
        """Note a batch before the store commits it, so that no signed head is ever forgotten."""
        self._file.append(self._noted("batch", _batch_document(batch)))

    def note_close(self) -> None:
        """Note that the box is closed."""
        self._file.append(self._noted("close", {}))

    def told(self) -> Told:
        """Return everything that was noted; a torn last record was never acknowledged."""
        found = self._file.read()
        noted = [self._read(raw) for raw in found.contents]
        of_kind = {kind: [one for one in noted if one["kind"] == kind] for kind in _KINDS}
        return Told(
            ballots=tuple(_ballot(self._slug, one) for one in of_kind["ballot"]),
            batches=tuple(_batch(self._slug, one) for one in of_kind["batch"]),
            closed=bool(of_kind["close"]),
            damaged=found.damaged,
        )

    def _noted(self, kind: str, fields: Mapping[str, object]) -> bytes:
        return canonical_json({"kind": kind, "round": self._slug, **fields})

    def _read(self, raw: bytes) -> dict[str, Any]:
        noted: dict[str, Any] = json.loads(raw)
        if noted["round"] != self._slug or noted["kind"] not in _KINDS:
            raise StoreProblem(
                f"the journal of {self._slug} holds something of another round or version",
                problem="journal",
            )
        return noted


_KINDS = ("ballot", "batch", "close")


def _ballot_document(ballot: StoredBallot) -> dict[str, object]:
    return {
        "pseudonym": ballot.pseudonym,
        "number": ballot.number,
        "style": ballot.style,
        "attempt": ballot.attempt,
        "sealed": base64.b64encode(ballot.sealed).decode(),
    }


def _ballot(slug: RoundId, noted: Mapping[str, Any]) -> StoredBallot:
    return StoredBallot(
        round=slug,
        pseudonym=noted["pseudonym"],
        number=noted["number"],
        style=noted["style"],
        attempt=noted["attempt"],
        sealed=base64.b64decode(noted["sealed"]),
    )


def _batch_document(batch: Batch) -> dict[str, object]:
    rows = [
        [one.position, one.entry, one.receipt, one.pseudonym, one.number] for one in batch.ballots
    ]
    head = batch.head
    return {
        "ballots": rows,
        "size": head.size,
        "root": head.root.hex(),
        "signature": head.signature.hex(),
    }


def _batch(slug: RoundId, noted: Mapping[str, Any]) -> Batch:
    root, signature = (bytes.fromhex(noted[name]) for name in ("root", "signature"))
    head = SignedHead(slug, noted["size"], root, signature)
    return Batch(tuple(LoggedBallot(*row) for row in noted["ballots"]), head)
