"""Whether two witnesses were shown one log: their heads are compared, and a fork is kept."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pb_engine.cli.asking import LONGEST_ANSWER, get
from pb_engine.errors import FolderRefused, LogRefused
from pb_engine.sealing.witnessing import (
    Seen,
    evidence_file,
    read_head,
    read_path,
    require_growth,
    require_same_log,
)


def require_agreement(
    base: str, mine: tuple[Seen, bytes], peers: Iterable[str], evidence: Path
) -> int:
    """Compare a head with those of other witnesses; return with how many it agrees.

    A head of another size must be joined to ours by a proof that the box gives.

    :param base: the address of the round at the box.
    :param mine: the head that the box shows here, and the signature under it.
    :param peers: files or addresses of state files, or of heads as a box shows them elsewhere.
    :raises LogRefused: a peer has no signed head of this round, the box or a peer cannot be
        reached; or two heads do not fit (``problem="fork"``): then both are in ``evidence``.
    """
    agreed = 0
    for peer in peers:
        other = read_head(_fetched(peer))
        if other[0].head.round != mine[0].head.round:
            raise LogRefused(
                f"{peer} watches round {other[0].head.round}, not {mine[0].head.round}",
                problem="key",
            )
        try:
            _require_one_log(base, mine[0], other[0])
        except LogRefused as problem:
            # A line that breaks proves nothing; a box that says no, or a wrong proof, does.
            if problem.details.get("problem") not in {"fork", "key", "form", "refused"}:
                raise
            _keep(evidence, evidence_file(mine, other, problem.sentence))
            raise LogRefused(
                f"two witnesses were shown two logs: {problem.sentence}. {peer} and this witness "
                f"hold the signed proof; both heads are in {evidence}",
                problem="fork",
            ) from problem
        agreed += 1
    return agreed


def _require_one_log(base: str, mine: Seen, other: Seen) -> None:
    first, second = sorted((mine, other), key=lambda one: one.head.size)
    require_same_log(first, second)
    path: tuple[bytes, ...] = ()
    if first.head.size < second.head.size:
        path = read_path(get(f"{base}/stembus/groei/{first.head.size}/{second.head.size}"))
    require_growth(first, second, path)


def _fetched(peer: str) -> bytes:
    if peer.startswith(("https://", "http://")):
        return get(peer)
    try:
        with Path(peer).open("rb") as file:
            return file.read(LONGEST_ANSWER)
    except OSError as problem:
        raise LogRefused(f"{peer} cannot be read: {problem.strerror}") from problem


def _keep(path: Path, content: bytes) -> None:
    """Write evidence, but never over older evidence."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        if path.read_bytes() == content:
            return
        raise FolderRefused(f"{path} holds other evidence; move it away first") from None
    except OSError as problem:
        raise FolderRefused(f"{path} cannot be written: {problem.strerror}") from problem
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
