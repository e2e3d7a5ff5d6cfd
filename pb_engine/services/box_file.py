"""An exported ballot box: one file, read strictly, on a machine without a store.

``docs/reference/box-file.md`` specifies it.  Reading it says that it has this form, not that it
is whole or true: ``box_checks`` does that.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pb_engine.ballots import BallotPaper, canonical_json, read_paper
from pb_engine.errors import EngineError, InvalidElectionFile
from pb_engine.sealing import entry_id
from pb_engine.store.box import BoxState, Cosignature, SignedHead, StoredBallot
from pb_engine.tallying.document import Part, parse
from pb_engine.units import RoundId

FORMAT = 1
KIND = "pb-engine/box"
LONGEST_HEAD = 64 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
MOST_BALLOTS = 10_000_000
_HEAD_KEYS = (
    "kind", "format", "round", "suite", "public_key", "manifest", "log_key", "rules", "papers",
    "heads", "cosignatures", "register", "ballots",
)  # fmt: skip
_BALLOT_KEYS = ("at", "pseudonym", "number", "style", "sealed")
_HEXADECIMAL = re.compile(r"(?:[0-9a-f]{2})*")


@dataclass(frozen=True, slots=True)
class BoxExport:
    """An exported box; it can be opened as a box in a store can.

    :ivar rules: the document that froze when voting opened; its digest is ``state.manifest``.
    :ivar ballots: by pseudonym and number.
    :ivar positions: of each ballot its place in the log.
    :ivar heads: every signed head, the smallest first.
    :ivar register: how many voting rights went along each channel.
    :ivar batches: of each batch of paper its number, the sheets that were counted, and those that
        were not; ``paper_names`` are the pseudonyms of the ballots that came on paper.
    """

    state: BoxState
    rules: bytes
    papers: Mapping[str, BallotPaper]
    log_key: bytes
    heads: tuple[SignedHead, ...]
    cosignatures: tuple[Cosignature, ...]
    register: Mapping[str, int]
    ballots: tuple[StoredBallot, ...]
    positions: tuple[int, ...]
    batches: tuple[tuple[int, int, int], ...] = ()
    paper_names: tuple[str, ...] = ()

    def every(self, slug: RoundId) -> Iterator[StoredBallot]:
        """Return an iterator over the ballots, by pseudonym and number."""
        return (one for one in self.ballots if one.round == slug)

    def paper(self, slug: RoundId, style: str) -> BallotPaper | None:
        """Return the ballot paper of a style, or ``None``."""
        return self.papers.get(style) if slug == self.state.round else None

    def entries(self) -> Iterator[str]:
        """Return an iterator over the identities of the ballots, as they are ordered here."""
        return map(entry_of, self.ballots)


def entry_of(ballot: StoredBallot) -> str:
    """Return the identity of a stored ballot."""
    return entry_id(
        round_id=ballot.round,
        pseudonym=ballot.pseudonym,
        number=ballot.number,
        sealed=ballot.sealed,
    )


def read_box_file(path: Path) -> BoxExport:
    """Read an exported box.

    :raises InvalidElectionFile: naming the line and the key that is wrong.
    """
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError as problem:
        raise InvalidElectionFile(f"{path.name} cannot be read: {problem.strerror}") from problem


def _read(file: BinaryIO) -> BoxExport:
    line = _line(file.readline(LONGEST_HEAD + 1), 1, LONGEST_HEAD)
    told = line.entries().get("paper")
    head = line.exactly((*_HEAD_KEYS, "paper") if told else _HEAD_KEYS)
    if (head["kind"].value, head["format"].value) != (KIND, FORMAT):
        head["kind"].refuse(f"this is not an exported ballot box of format {FORMAT}")
    state, number = _state(head), head["ballots"].whole()
    if number > MOST_BALLOTS:
        head["ballots"].refuse(f"a box has at most {MOST_BALLOTS} ballots")
    ballots, positions = _ballots(file, state.round, number)
    return BoxExport(
        state=state,
        rules=head["rules"].text().encode(),
        papers={style: _paper(part) for style, part in head["papers"].entries().items()},
        log_key=_bytes(head["log_key"]),
        heads=tuple(_head(state.round, part) for part in head["heads"].items()),
        cosignatures=tuple(_cosigned(state.round, one) for one in head["cosignatures"].items()),
        register={name: part.whole() for name, part in head["register"].entries().items()},
        ballots=ballots,
        positions=positions,
        **_paper_count(told),
    )


def _paper_count(part: Part | None) -> dict[str, Any]:
    if part is None:
        return {}
    told = part.exactly(("batches", "pseudonyms"))
    return {
        "batches": tuple(map(_batch, told["batches"].items())),
        "paper_names": tuple(one.text() for one in told["pseudonyms"].items()),
    }


def _batch(part: Part) -> tuple[int, int, int]:
    told = part.exactly(("batch", "stated", "state", "counted", "defects", "reason"))
    defects = sum(one.whole() for one in told["defects"].entries().values())
    counted, stated = told["counted"].whole(), told["stated"].whole(1)
    if told["state"].text() == "accepted" and counted + defects != stated:
        part.refuse("the batch does not add up")
    return told["batch"].whole(1), counted, stated - counted


def _ballots(
    file: BinaryIO, slug: RoundId, number: int
) -> tuple[tuple[StoredBallot, ...], tuple[int, ...]]:
    ballots: list[StoredBallot] = []
    positions: list[int] = []
    for at in range(2, number + 2):
        fields = _line(file.readline(LONGEST_LINE + 1), at, LONGEST_LINE).exactly(_BALLOT_KEYS)
        ballots.append(_ballot(slug, fields))
        positions.append(fields["at"].whole())
    if file.readline(1):
        raise InvalidElectionFile(f"line {number + 2}: there are more lines than ballots")
    return tuple(ballots), tuple(positions)


def _line(raw: bytes, at: int, longest: int) -> Part:
    if len(raw) > longest or not raw.endswith(b"\n"):
        raise InvalidElectionFile(f"line {at}: the file breaks off here, or the line is too long")
    # UnicodeError: half a character, which JSON can name and UTF-8 cannot spell.
    try:
        value = parse(raw).value
        spelled = canonical_json(value) + b"\n"
    except (InvalidElectionFile, UnicodeError) as problem:
        raise InvalidElectionFile(f"line {at}: this is not a line of a ballot box") from problem
    if spelled != raw:
        raise InvalidElectionFile(f"line {at}: this is not in its one spelling")
    return Part(value, f"line {at}")


def _state(head: Mapping[str, Part]) -> BoxState:
    # What only casting needs is not in the file, so that nothing in it is without a check.
    return BoxState(
        round=RoundId(head["round"].text()),
        open=False,
        suite=head["suite"].text(),
        public_key=_bytes(head["public_key"]),
        manifest=head["manifest"].text(),
        may_change=False,
        receipt_key=b"",
        ticket_key=b"",
    )


def _paper(part: Part) -> BallotPaper:
    return _told(part, lambda: read_paper({key: one.value for key, one in part.entries().items()}))


def _head(slug: RoundId, part: Part) -> SignedHead:
    size, root, signature = _three(part)
    return SignedHead(slug, size.whole(), _bytes(root), _bytes(signature))


def _cosigned(slug: RoundId, part: Part) -> Cosignature:
    size, witness, signature = _three(part)
    return Cosignature(slug, size.whole(), _bytes(witness), _bytes(signature))


def _three(part: Part) -> tuple[Part, Part, Part]:
    found = part.items()
    if len(found) != 3:  # noqa: PLR2004 - a triple
        part.refuse("must be a list of three")
    return found[0], found[1], found[2]


def _ballot(slug: RoundId, fields: Mapping[str, Part]) -> StoredBallot:
    return StoredBallot(
        round=slug,
        pseudonym=fields["pseudonym"].text(),
        number=fields["number"].whole(1),
        style=fields["style"].text(),
        attempt="",
        sealed=_sealed(fields["sealed"]),
    )


def _sealed(part: Part) -> bytes:
    text = part.text()
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        part.refuse("must be base64")
    if base64.b64encode(raw).decode() != text:
        part.refuse("must be base64 in its one spelling")
    return raw


def _bytes(part: Part) -> bytes:
    text = part.text()
    if not _HEXADECIMAL.fullmatch(text):
        part.refuse("must be bytes in small hexadecimal digits")
    return bytes.fromhex(text)


def _told(part: Part, read: Callable[[], BallotPaper]) -> BallotPaper:
    try:
        return read()
    except EngineError as problem:
        part.refuse(problem.sentence)
