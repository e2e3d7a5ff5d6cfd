"""The parts of a bundle as values, each read strictly and for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from pb_engine.ballots import Ballot, Mark, listed
from pb_engine.ballots.formats import BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.sealing import TreeHead
from pb_engine.tallying.document import Part, parse
from pb_engine.units import ProjectId

_ENTRIES = re.compile(rb'(?:"[0-9a-f]{64}"\n)*')
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_MOST_ENTRIES = 50_000_000
_NUMBERS = ("entries", "superseded", "invalid", "ballots", "listed")
_TEXTS = ("round", "suite", "round_key", "log_key", "receipt_key")
_TOTALS = ("digital", "paper", "none")


@dataclass(frozen=True, slots=True)
class About:
    """What a bundle says of itself: which round, whose keys, and how many of everything."""

    round: str
    suite: str
    round_key: str
    log_key: bytes
    receipt_key: bytes
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Head:
    """A tree head, the signature of the log, and those of witnesses by their public keys."""

    head: TreeHead
    signature: bytes
    cosignatures: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the round, with its moment in UTC."""

    name: str
    at: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Register:
    """Voting rights per channel, in total and per area; ``None`` hides a small number."""

    total: Mapping[str, int]
    areas: Mapping[str, Mapping[str, int | None]]


def read_about(raw: bytes) -> About:
    """Read ``bundle.json``.

    :raises InvalidElectionFile: naming the key.
    """
    found = read_json(raw, "bundle.json").exactly(("v", *_TEXTS, *_NUMBERS))
    if found["v"].value != 1:
        found["v"].refuse("this program reads version 1")
    return About(
        round=found["round"].text(),
        suite=found["suite"].text(),
        round_key=found["round_key"].text(),
        log_key=_hexadecimal(found["log_key"], 32),
        receipt_key=_hexadecimal(found["receipt_key"], 32),
        numbers={name: found[name].whole() for name in _NUMBERS},
    )


def read_entries(raw: bytes) -> tuple[str, ...]:
    """Read ``log.jsonl``: the entries in the order of the log.

    :raises InvalidElectionFile: a line is no entry.
    """
    if not _ENTRIES.fullmatch(raw):
        _refuse("log.jsonl", "a line is not an entry: 64 hexadecimal digits between quotes")
    return tuple(line[1:-1] for line in raw.decode("ascii").splitlines())


def read_heads(raw: bytes, round_id: str) -> tuple[Head, ...]:
    """Read ``heads.jsonl``.

    :raises InvalidElectionFile: naming line and key.
    """
    return tuple(_head(part, round_id) for part in _lines(raw, "heads.jsonl"))


def read_events(raw: bytes) -> tuple[Event, ...]:
    """Read ``events.jsonl``.

    :raises InvalidElectionFile: naming line and key.
    """
    return tuple(_event(part) for part in _lines(raw, "events.jsonl"))


def read_register(raw: bytes) -> Register:
    """Read ``register.json``.

    :raises InvalidElectionFile: naming the key.
    """
    found = read_json(raw, "register.json").exactly(("total", "areas"))
    total = found["total"].exactly(_TOTALS)
    return Register(
        {name: total[name].whole() for name in _TOTALS},
        {
            area: {name: cell.optional(Part.whole) for name, cell in part.entries().items()}
            for area, part in found["areas"].entries().items()
        },
    )


def read_listed(raw: bytes, format_: BallotFormat) -> tuple[tuple[str, Ballot], ...]:
    """Read ``ballots.jsonl``: each tracker and its ballot, in the order of the file.

    :raises InvalidElectionFile: naming the line.
    """
    return tuple(_ballot(part, format_) for part in _lines(raw, "ballots.jsonl"))


def read_manifest(raw: bytes) -> Part:
    """Read ``manifest.json``, the frozen rules; its parts are looked at one by one.

    :raises InvalidElectionFile: it is not JSON.
    """
    return read_json(raw, "manifest.json")


def _head(part: Part, round_id: str) -> Head:
    found = part.exactly(("size", "root", "signature", "cosignatures"))
    if found["size"].whole() > _MOST_ENTRIES:
        found["size"].refuse(f"must be at most {_MOST_ENTRIES}")
    pairs = (one.pair() for one in found["cosignatures"].items())
    return Head(
        TreeHead(round_id, found["size"].whole(), _hexadecimal(found["root"], 32)),
        _hexadecimal(found["signature"], 64),
        tuple((_hexadecimal(key, 32), _hexadecimal(proof, 64)) for key, proof in pairs),
    )


def _event(part: Part) -> Event:
    found = part.exactly(("name", "at", "facts"))
    if not _MOMENT.fullmatch(found["at"].text()):
        found["at"].refuse("must be a moment in UTC, such as 2027-05-30T22:00:00+00:00")
    facts = {name: one.value for name, one in found["facts"].entries().items()}
    return Event(found["name"].text(), found["at"].text(), facts)


def _ballot(part: Part, format_: BallotFormat) -> tuple[str, Ballot]:
    tracker, marks = part.pair()
    pairs = (one.pair() for one in marks.items())
    ballot = Ballot(
        format_, tuple(sorted(Mark(ProjectId(name.text()), n.whole()) for name, n in pairs))
    )
    # Reading is forgiving about spelling, so the line must be what writing it again gives.
    if parse(listed(tracker.text(), ballot)).value != part.value:
        part.refuse("the marks are not in order")
    return tracker.text(), ballot


def _lines(raw: bytes, name: str) -> list[Part]:
    if raw and not raw.endswith(b"\n"):
        _refuse(name, "the last line is cut off")
    return [
        read_json(line, f"{name}, line {number}")
        for number, line in enumerate(raw.split(b"\n")[:-1], start=1)
    ]


def read_json(raw: bytes, name: str) -> Part:
    """Read the JSON of a file of the bundle.

    :raises InvalidElectionFile: naming the file.
    """
    try:
        return Part(parse(raw).value, name)
    except InvalidElectionFile as problem:
        raise InvalidElectionFile(
            f"{name}: this is not the JSON that it should be: {problem.__cause__}"[:300], field=name
        ) from problem


def _hexadecimal(part: Part, length: int) -> bytes:
    if not re.fullmatch(rf"[0-9a-f]{{{2 * length}}}", part.text()):
        part.refuse(f"must be {length} bytes in hexadecimal")
    return bytes.fromhex(part.text())


def _refuse(name: str, sentence: str) -> NoReturn:
    raise InvalidElectionFile(f"{name}: {sentence}", field=name)
