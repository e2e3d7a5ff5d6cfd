"""The form of a key file: a small JSON document that says what it is and whether it may count."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.errors import InvalidKey

FORMAT = 1
LONGEST_FILE = 65_536
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_LONGEST_NAME = 120
_KINDS = {"format": int, "demo": bool, "name": str, "secret": str}


def require_name(name: str) -> None:
    """Refuse a name that could be anything but a file in the folder of keys.

    :raises InvalidKey: not small letters, digits, dots, dashes and underscores.
    """
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise InvalidKey(
            f"{name[:_LONGEST_NAME]!r} cannot name a key: use a-z, 0-9 and . _ -, at most 120",
            problem="name",
        )


def key_file(name: str, secret: bytes, *, demo: bool) -> bytes:
    """Return the content of a key file.

    :raises InvalidKey: the name is not allowed, or the secret is empty or far too long.
    """
    require_name(name)
    if not 1 <= len(secret) <= LONGEST_FILE // 2:
        raise InvalidKey(f"a secret of {len(secret)} bytes cannot be kept", problem="length")
    text = base64.b64encode(secret).decode()
    return canonical_json({"format": FORMAT, "demo": demo, "name": name, "secret": text}) + b"\n"


def read_key_file(source: Path | bytes) -> tuple[str, bytes, bool]:
    """Return the name and the secret in a key file, and whether a demo made it.

    :param source: the file as a trustee brings it, or its content.
    :raises InvalidKey: it cannot be read (``problem="unreadable"``) or is not a key file
        (``problem="format"``); its content is not repeated.
    """
    raw = source if isinstance(source, bytes) else _content(source)
    try:
        told = _fields(raw)
        name, secret = told["name"], base64.b64decode(told["secret"], validate=True)
        key_file(name, secret, demo=told["demo"])  # refuses what it would not write itself
    # RecursionError: a hostile file may nest deeper than Python follows.
    except (ValueError, RecursionError, InvalidKey) as problem:
        raise InvalidKey("this is not a key file of pb-engine", problem="format") from problem
    return name, secret, told["demo"]


def _fields(raw: bytes) -> dict[str, Any]:
    if len(raw) > LONGEST_FILE:
        raise ValueError("far too long")
    told = json.loads(raw, object_pairs_hook=_once)
    fields: dict[str, Any] = told if isinstance(told, dict) else {}
    kinds = {name: type(value) for name, value in fields.items()}
    if kinds != _KINDS or fields["format"] != FORMAT:
        raise ValueError("other fields or another format")
    return fields


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field stands there twice")
    return fields


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_FILE + 1)
    except OSError as problem:
        raise InvalidKey(
            f"key file {path} cannot be read: {problem.strerror}", problem="unreadable"
        ) from problem
