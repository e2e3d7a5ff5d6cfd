"""The public side of a key that trustees keep together, as a value and as a file.

Everybody may read it: it holds the public key, how many shares are needed, and per trustee a
name and the hash of the share.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.errors import InvalidBallot, InvalidKey
from pb_engine.sealing.envelopes import seal
from pb_engine.sealing.sheets import MOST_SHARES
from pb_engine.sealing.suites import scheme_of

FORMAT = 1
KIND = "pb-engine/trustee-key"
LONGEST_FILE = 100_000
LONGEST_NAME = 80
_ROUND = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_PUBLIC = re.compile(r"(?:[0-9a-f]{2}){32,200}")
_FIELDS = {
    "format": int,
    "kind": str,
    "round": str,
    "suite": str,
    "public_key": str,
    "threshold": int,
    "shares": list,
}


@dataclass(frozen=True, slots=True)
class Trustee:
    """Who keeps a share, and the hash of that share (``shares.commitment``)."""

    name: str
    commitment: str


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """The key of one round of which each trustee keeps a share.

    :ivar public: ballots are sealed to this key.
    :ivar threshold: so many shares give the private key.
    :ivar trustees: in the order of the numbers of their shares, from 1.
    :raises InvalidKey: a round, name, number, suite or key that cannot be.
    """

    round: str
    suite: str
    public: bytes
    threshold: int
    trustees: tuple[Trustee, ...]

    def __post_init__(self) -> None:
        _require(bool(_ROUND.fullmatch(self.round)), "no round has this name", "round")
        number = len(self.trustees)
        _require(
            1 <= self.threshold <= number <= MOST_SHARES,
            f"{self.threshold} of {number} shares is not possible",
            "number",
        )
        for one in self.trustees:
            _require(_is_name(one.name), "each trustee has a name of 1 to 80 characters", "name")
            _require(
                bool(_COMMITMENT.fullmatch(one.commitment)),
                "each share has a hash of 64 hexadecimal digits",
                "commitment",
            )
        hashes = {one.commitment for one in self.trustees}
        _require(len(hashes) == number, "two shares have the same hash", "commitment")
        _require_public(self.public, self.suite)

    @property
    def commitments(self) -> tuple[str, ...]:
        """The hashes of all shares, in the order of their numbers."""
        return tuple(one.commitment for one in self.trustees)


def trustee_document(key: TrusteeKey) -> dict[str, object]:
    """Return the key as plain values, for a file or inside another document."""
    return {
        "format": FORMAT,
        "kind": KIND,
        "round": key.round,
        "suite": key.suite,
        "public_key": key.public.hex(),
        "threshold": key.threshold,
        "shares": [{"trustee": one.name, "commitment": one.commitment} for one in key.trustees],
    }


def trustee_key_file(key: TrusteeKey) -> bytes:
    """Spell the public file of a ceremony."""
    return canonical_json(trustee_document(key)) + b"\n"


def read_trustee_key(raw: bytes) -> TrusteeKey:
    """Read what ``trustee_key_file`` wrote; spaces and line ends do not matter.

    :raises InvalidKey: it is not such a file (``problem="format"``), or what it says cannot be.
    """
    _require(len(raw) <= LONGEST_FILE, "this is far too long for the public file", "format")
    # RecursionError: a hostile file may nest deeper than Python follows.
    try:
        told = json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError) as problem:
        raise InvalidKey(_NOT_THE_FILE, problem="format") from problem
    return trustee_key_in(told)


def trustee_key_in(told: object) -> TrusteeKey:
    """Read a key from plain values, as ``trustee_document`` gave them.

    :raises InvalidKey: as ``read_trustee_key``.
    """
    fields: dict[str, Any] = told if isinstance(told, dict) else {}
    kinds = {name: type(value) for name, value in fields.items()}
    sound = kinds == _FIELDS and (fields["format"], fields["kind"]) == (FORMAT, KIND)
    _require(sound and bool(_PUBLIC.fullmatch(fields["public_key"])), _NOT_THE_FILE, "format")
    return TrusteeKey(
        round=fields["round"],
        suite=fields["suite"],
        public=bytes.fromhex(fields["public_key"]),
        threshold=fields["threshold"],
        trustees=tuple(map(_trustee, fields["shares"])),
    )


_NOT_THE_FILE = "this is not the public file of a key ceremony"


def _trustee(told: object) -> Trustee:
    fields: dict[str, Any] = told if isinstance(told, dict) else {}
    texts = all(isinstance(value, str) for value in fields.values())
    _require(texts and set(fields) == {"trustee", "commitment"}, _NOT_THE_FILE, "format")
    return Trustee(fields["trustee"], fields["commitment"])


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()


def _require_public(public: bytes, suite: str) -> None:
    scheme_of(suite)
    # Sealing something shows that it is a key of this suite.
    try:
        seal(b"", public=public, suite=suite, info=b"", length=0)
    except (InvalidKey, InvalidBallot) as problem:
        raise InvalidKey(f"the public key is not one of suite {suite}", problem="key") from problem


def _require(holds: bool, sentence: str, problem: str) -> None:
    if not holds:
        raise InvalidKey(sentence, problem=problem)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field stands there twice")
    return fields
