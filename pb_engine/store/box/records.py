"""A file of records that only grows: every record is whole and on the disk, or is not there.

A record is its length in four bytes, the first eight bytes of the SHA-256 of its content, and
the content.  A machine that stops in the middle of a write leaves a torn last record, which the
next writer cuts off.  Anything else that does not check is damage, and is never cut off.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pb_engine.errors import StoreProblem

HEADER = b"pb-engine/box-journal/1\n"
LONGEST = 1 << 26
_LENGTH, _CHECK, _MARK = 4, 8, 16
_FRAME = _LENGTH + _CHECK
_CAREFULLY = os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Found:
    """What a file of records holds.

    :ivar contents: the content of every whole record, in the order of the file.
    :ivar end: the byte after the last whole record before the first one that does not check.
    :ivar damaged: bytes between whole records that are no record.
    """

    contents: tuple[bytes, ...]
    end: int
    damaged: int


def record(content: bytes) -> bytes:
    """Return a content as it stands in the file.

    :raises StoreProblem: it is empty or far too long.
    """
    if not 0 < len(content) <= LONGEST:
        raise StoreProblem(f"a record of {len(content)} bytes does not fit in a journal")
    return len(content).to_bytes(_LENGTH, "big") + _check(content) + content


def found_in(raw: bytes, start: int = len(HEADER)) -> Found:
    """Return the whole records in ``raw`` from ``start``.

    A torn last record is no damage: nothing whole comes after it.
    """
    contents: list[bytes] = []
    at, end, damaged = start, -1, 0
    while at < len(raw):
        content = _whole(raw, at)
        if content is not None:
            contents.append(content)
            at += _FRAME + len(content)
            continue
        end = at if end < 0 else end
        again = next((place for place in range(at + 1, len(raw)) if _whole(raw, place)), None)
        if again is None:
            break
        damaged += again - at
        at = again
    return Found(tuple(contents), at if end < 0 else end, damaged)


class RecordFile:
    """One file of records; many threads and programs may append to it at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        self._known: set[bytes] = set()
        self._seen = (0, 0)

    def append(self, *contents: bytes) -> None:
        """Add records; when this returns they are on the disk.  The same one again adds nothing.

        :raises StoreProblem: the file cannot be written or is damaged; nothing was added.
        """
        marked = {hashlib.sha256(one).digest()[:_MARK]: one for one in contents}
        with self._turn, _in_words(self.path), _locked(self.path) as descriptor:
            end = self._catch_up(descriptor)
            new = {mark: one for mark, one in marked.items() if mark not in self._known}
            framed = b"".join(record(one) for one in new.values())
            # Also when all is there: whoever wrote it may have stopped before the disk had it.
            _write(descriptor, framed, end)
            self._known.update(new)
            self._seen = (self._seen[0], end + len(framed))

    def read(self) -> Found:
        """Return all records; an absent file holds none.

        :raises StoreProblem: it cannot be read, or is no journal.
        """
        with _in_words(self.path):
            if not self.path.exists():
                return Found((), 0, 0)
            raw = self.path.read_bytes()
        return found_in(raw, _start(raw, self.path))

    def _catch_up(self, descriptor: int) -> int:
        """Read what others wrote since we looked, cut a torn record off; return the end."""
        facts = os.fstat(descriptor)
        inode, seen = self._seen
        if inode != facts.st_ino or seen > facts.st_size:
            self._known, seen = set(), 0
        if seen == 0:
            seen = _begun(descriptor, self.path)
        raw = _read(descriptor, seen)
        found = found_in(raw, 0)
        if found.damaged:
            raise StoreProblem(
                f"the journal {self.path.name} is damaged at byte {seen + found.end}; it was not "
                "touched: keep it for a replay and begin a new one",
                problem="journal",
            )
        if found.end < len(raw):
            os.ftruncate(descriptor, seen + found.end)
        self._known.update(hashlib.sha256(one).digest()[:_MARK] for one in found.contents)
        self._seen = (facts.st_ino, seen + found.end)
        return seen + found.end


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_CHECK]


def _whole(raw: bytes, at: int) -> bytes | None:
    length = int.from_bytes(raw[at : at + _LENGTH], "big")
    content = raw[at + _FRAME : at + _FRAME + length] if 0 < length <= LONGEST else b""
    if not content or len(content) < length:
        return None
    return content if raw[at + _LENGTH : at + _FRAME] == _check(content) else None


def _start(raw: bytes, path: Path) -> int:
    if HEADER.startswith(raw[: len(HEADER)]):
        return min(len(raw), len(HEADER))
    raise StoreProblem(f"{path.name} is not the journal of a ballot box", problem="journal")


def _begun(descriptor: int, path: Path) -> int:
    """Make sure that the file begins with its header; return where records begin."""
    begin = os.pread(descriptor, len(HEADER), 0)
    if _start(begin, path) < len(HEADER):
        os.ftruncate(descriptor, 0)
        _write(descriptor, HEADER, 0)
        _sync_folder(path.parent)
    return len(HEADER)


def _read(descriptor: int, start: int) -> bytes:
    parts = []
    while part := os.pread(descriptor, 1 << 20, start):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _write(descriptor: int, raw: bytes, end: int) -> None:
    # What failed half-way is cut off, also when only the last step, the disk itself, failed.
    try:
        at = end
        while at < end + len(raw):
            at += os.pwrite(descriptor, raw[at - end :], at)
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, end)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _CAREFULLY, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StoreProblem(
            f"the journal {path.name} cannot be used: {problem.strerror}", problem="journal"
        ) from problem
