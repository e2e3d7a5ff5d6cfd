"""The last signed head of each box log, in a file beside the keys: a backup does not reach it."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from pb_engine.ballots import canonical_json
from pb_engine.engine import Engine
from pb_engine.errors import InvalidKey
from pb_engine.store.box import SignedHead
from pb_engine.units import RoundId


def keep_head(engine: Engine, head: SignedHead) -> None:
    """Remember a head; one that is not larger than the remembered one changes nothing.

    :raises InvalidKey: the file cannot be written.
    """
    kept = kept_head(engine, head.round)
    if kept is not None and kept.size >= head.size:
        return
    document = {
        "round": head.round,
        "size": head.size,
        "root": head.root.hex(),
        "signature": head.signature.hex(),
    }
    path = _path(engine, head.round)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(path, canonical_json(document) + b"\n")
    except OSError as problem:
        raise InvalidKey(
            f"the last head of {head.round} cannot be kept: {problem.strerror}",
            problem="unreadable",
        ) from problem


def kept_head(engine: Engine, slug: RoundId) -> SignedHead | None:
    """Return the remembered head, or ``None`` when none was signed yet.

    :raises InvalidKey: there is a file that cannot be read.
    """
    path = _path(engine, slug)
    try:
        told = json.loads(path.read_bytes())
        root, signature = bytes.fromhex(told["root"]), bytes.fromhex(told["signature"])
        return SignedHead(slug, int(told["size"]), root, signature)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InvalidKey(f"{path.name} is not the last head of a box log", problem="format") from (
            problem
        )


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place whole, readable by this account only, and on the disk."""
    descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _path(engine: Engine, slug: RoundId) -> Path:
    return engine.settings.keys_folder / f"{slug}.head"
