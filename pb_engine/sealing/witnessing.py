"""What a witness does: never sign a head that does not follow from the one he signed before."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.errors import LogRefused
from pb_engine.sealing.heads import TreeHead, head_is_signed
from pb_engine.sealing.log import EMPTY_ROOT, check_consistency

FORMAT = 1
_ROUND = re.compile(r"[a-z0-9-]{1,40}")
_MOST_ENTRIES = 10**9
_LONGEST_PATH = 64


@dataclass(frozen=True, slots=True)
class Seen:
    """The last head that a witness has seen of one log, whose public key is ``log_key``."""

    head: TreeHead
    log_key: bytes


def read_head(told: bytes) -> tuple[Seen, bytes]:
    """Read a head as a box publishes it; return it with the signature under it.

    :raises LogRefused: it is not a head, or it is not signed with the key that it names.
    """
    fields = _object(told, "the tree head")
    seen = Seen(_head(fields), _bytes(fields, "log_key", 32))
    signature = _bytes(fields, "signature", 64)
    if not head_is_signed(seen.head, signature, public=seen.log_key):
        raise LogRefused(
            f"the head of size {seen.head.size} is not signed with the key of this log",
            problem="signature",
        )
    return seen, signature


def read_path(told: bytes) -> tuple[bytes, ...]:
    """Read the hashes of a consistency proof as a box publishes it.

    :raises LogRefused: it is not one.
    """
    fields = _object(told, "the proof")
    path = fields.get("path")
    if not isinstance(path, list) or len(path) > _LONGEST_PATH:
        raise LogRefused("the proof has no list of hashes", problem="form")
    return tuple(_bytes({"path": one}, "path", 32) for one in path)


def require_same_log(before: Seen, now: Seen) -> None:
    """Refuse a head that cannot follow, whatever proof comes with it.

    :raises LogRefused: another log, a log that shrank, or two heads of one size.
    """
    if (before.log_key, before.head.round) != (now.log_key, now.head.round):
        raise LogRefused("this is another log than before: its key or round changed", problem="key")
    if now.head.size < before.head.size:
        raise LogRefused(
            f"the log shrank from {before.head.size} to {now.head.size} entries", problem="shrank"
        )
    if now.head.size == before.head.size and now.head.root != before.head.root:
        raise LogRefused(
            f"the log has two heads of size {now.head.size}: entries were changed", problem="fork"
        )


def require_growth(before: Seen, now: Seen, path: tuple[bytes, ...]) -> None:
    """Refuse a head that the proof does not lead to from the one before.

    :raises LogRefused: as ``require_same_log``, or the proof does not hold.
    """
    require_same_log(before, now)
    if not check_consistency(
        first=before.head.size,
        second=now.head.size,
        first_root=before.head.root,
        second_root=now.head.root,
        proof=path,
    ):
        raise LogRefused(
            f"the log of {now.head.size} entries does not begin with the {before.head.size} that "
            "were there before: entries were changed or removed",
            problem="fork",
        )


def state_file(seen: Seen, signature: bytes = b"") -> bytes:
    """Spell what a witness must remember.

    :param signature: of the log under this head; with it other witnesses can read the file as a
        head, and compare.
    """
    signed = {"signature": signature.hex()} if signature else {}
    return canonical_json({"format": FORMAT, **_told(seen), **signed}) + b"\n"


def evidence_file(one: tuple[Seen, bytes], other: tuple[Seen, bytes], why: str) -> bytes:
    """Spell two signed heads that do not fit: whoever has the file can show that the log lied.

    :param why: in a sentence, how they do not fit.
    """
    heads = [{**_told(seen), "signature": signature.hex()} for seen, signature in (one, other)]
    return canonical_json({"format": FORMAT, "why": why, "heads": heads}) + b"\n"


def _told(seen: Seen) -> dict[str, object]:
    head = seen.head
    return {
        "round": head.round,
        "size": head.size,
        "root": head.root.hex(),
        "log_key": seen.log_key.hex(),
    }


def read_state(raw: bytes) -> Seen:
    """Read back what ``state_file`` wrote.

    :raises LogRefused: it is not such a file.
    """
    fields = _object(raw, "the state of the witness")
    if fields.get("format") != FORMAT:
        raise LogRefused("the state of the witness is of another version", problem="form")
    return Seen(_head(fields), _bytes(fields, "log_key", 32))


def _head(fields: Mapping[str, Any]) -> TreeHead:
    slug, size = fields.get("round"), fields.get("size")
    if not isinstance(slug, str) or not _ROUND.fullmatch(slug):
        raise LogRefused("a tree head names its round", problem="form")
    if type(size) is not int or not 0 <= size <= _MOST_ENTRIES:
        raise LogRefused("a tree head says how many entries there are", problem="form")
    root = _bytes(fields, "root", 32)
    if (size == 0) != (root == EMPTY_ROOT):
        raise LogRefused("only an empty log has the empty root", problem="form")
    return TreeHead(slug, size, root)


def _bytes(fields: Mapping[str, Any], name: str, length: int) -> bytes:
    text = fields.get(name)
    if not isinstance(text, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * length}}}", text):
        raise LogRefused(f"{name} is not {length} bytes in hexadecimal", problem="form")
    return bytes.fromhex(text)


def _object(raw: bytes, what: str) -> dict[str, Any]:
    # RecursionError: a hostile answer may nest deeper than Python follows.
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise LogRefused(f"{what} is not a JSON object", problem="form")
    return told
