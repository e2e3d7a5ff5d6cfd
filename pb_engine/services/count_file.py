"""A count as a file: what came out of a box, the outcome, and a signature under both.

``docs/reference/box-file.md`` specifies it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.ballots import canonical_json
from pb_engine.errors import InvalidElectionFile, InvalidKey
from pb_engine.sealing import check_words, count_is_signed, read_check_words, sign_count
from pb_engine.store.box import Opening
from pb_engine.store.box.openings import opening_document, read_opening
from pb_engine.tallying import Outcome
from pb_engine.tallying.document import Part, parse
from pb_engine.tallying.record import MethodChoice, outcome_document, read_outcome
from pb_engine.units import RoundId

FORMAT = 1
KIND = "pb-engine/count"
LARGEST_FILE = 2_000_000_000
WORDS = 8
"""So many words stand for the key of a count: 64 bits, too many to find another key for."""

_OUTER = ("count", "public_key", "signature")
_KEYS = (
    "kind", "format", "round", "manifest", "entries", "root", "opening", "method", "outcome",
    "trustees",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """What trustees counted, equal for everybody who counts the same box.

    :ivar manifest: digest of the frozen rules.
    :ivar entries: size of the log.
    :ivar root: of the log.
    :ivar trustees: numbers of the shares that opened the box.
    """

    round: RoundId
    manifest: str
    entries: int
    root: bytes
    opening: Opening
    method: MethodChoice
    outcome: Outcome
    trustees: tuple[int, ...]


def count_document(count: Count) -> dict[str, object]:
    """Return a count as plain values."""
    method = count.method
    return {
        "kind": KIND,
        "format": FORMAT,
        "round": count.round,
        "manifest": count.manifest,
        "entries": count.entries,
        "root": count.root.hex(),
        "opening": parse(opening_document(count.opening)).value,
        "method": {
            "name": method.name,
            "version": method.version,
            "settings": dict(method.settings),
        },
        "outcome": outcome_document(count.outcome),
        "trustees": list(count.trustees),
    }


def count_digest(count: Count) -> str:
    """Return the SHA-256 of a count; two machines that counted the same box have the same."""
    return hashlib.sha256(canonical_json(count_document(count))).hexdigest()


def signed_count(count: Count) -> tuple[bytes, str]:
    """Return the file of a count, signed with a key of its own, and the words for that key."""
    document = count_document(count)
    public, signature = sign_count(canonical_json(document))
    told = {"count": document, "public_key": public.hex(), "signature": signature.hex()}
    return canonical_json(told) + b"\n", check_words(public, WORDS)


def read_count(raw: bytes, words: str) -> Count:
    """Read a signed count.

    :param words: the words that were read out when the trustees counted.
    :raises InvalidElectionFile: it is not the one spelling of a signed count.
    :raises MistypedCode: a word is none.
    :raises InvalidKey: it is signed with another key than the words say, or not signed.
    """
    told = _parsed(raw)
    outer = told.exactly(_OUTER)
    count = _count(outer["count"])
    body = canonical_json(count_document(count))
    public, signature = _bytes(outer["public_key"]), _bytes(outer["signature"])
    if canonical_json(outer["count"].value) != body:
        raise InvalidElectionFile("the count is not in its one spelling", field="count")
    if not count_is_signed(body, signature, public=public):
        raise InvalidKey("the signature under the count does not fit", problem="signature")
    if read_check_words(words, WORDS) != check_words(public, WORDS):
        raise InvalidKey(
            "this count is signed by another key than the words say: it is not the count that "
            "the trustees made",
            problem="words",
        )
    return count


def _parsed(raw: bytes) -> Part:
    if len(raw) > LARGEST_FILE:
        raise InvalidElectionFile("the count is far too long", field="count")
    # UnicodeError: half a character, which JSON can name and UTF-8 cannot spell.
    try:
        value = parse(raw).value
        spelled = canonical_json(value) + b"\n"
    except (InvalidElectionFile, UnicodeError) as problem:
        raise InvalidElectionFile("this is not a count", field="count") from problem
    if spelled != raw:
        raise InvalidElectionFile("the count is not in its one spelling", field="count")
    return Part(value, "count")


def _count(part: Part) -> Count:
    told = part.exactly(_KEYS)
    if (told["kind"].value, told["format"].value) != (KIND, FORMAT):
        told["kind"].refuse(f"this is not a count of format {FORMAT}")
    slug = RoundId(told["round"].text())
    return Count(
        round=slug,
        manifest=told["manifest"].text(),
        entries=told["entries"].whole(),
        root=_bytes(told["root"]),
        opening=_opening(slug, told["opening"]),
        method=_method(told["method"].exactly(("name", "version", "settings"))),
        outcome=read_outcome(told["outcome"].value),
        trustees=tuple(one.whole(1) for one in told["trustees"].items()),
    )


def _opening(slug: RoundId, part: Part) -> Opening:
    try:
        raw = canonical_json(part.value)
        opening = read_opening(slug, raw)
        spelled = opening_document(opening)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise InvalidElectionFile(
            f"{part.path}: this is not what comes out of a box", field=part.path
        ) from problem
    if spelled != raw:
        part.refuse("must be in its one spelling")
    return opening


def _method(told: Mapping[str, Part]) -> MethodChoice:
    settings = {key: one.value for key, one in told["settings"].entries().items()}
    return MethodChoice(told["name"].text(), told["version"].text(), settings)


def _bytes(part: Part) -> bytes:
    try:
        return bytes.fromhex(part.text())
    except ValueError:
        part.refuse("must be bytes in hexadecimal digits")
