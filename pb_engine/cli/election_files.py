"""Elections in files: what `pb-engine tally` and `pb-engine convert` read and write."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import PabulibElection, read_pabulib, record_file, write_pabulib
from pb_engine.tallying.record import read_record
from pb_engine.tallying.sheets import BALLOTS, PROJECTS, TERMS, read_sheets, sheets_of

LARGEST_RECORD = 256 * 1024**2
LARGEST_TERMS = 1024**2


class _Opens(Protocol):
    def __call__(self, name: str) -> BinaryIO: ...


def read_election(path: Path, *, lenient: bool = False) -> PabulibElection:
    """Read a Pabulib file, a published record (``.json``), or sheets in a folder or ZIP file.

    :raises InvalidElectionFile: naming line or key, and field.
    :raises OSError: the file cannot be read.
    """
    if path.is_dir():
        return _sheets(lambda name: (path / name).open("rb"), lenient=lenient)
    if path.suffix.lower() == ".zip":
        with _opened(path) as archive:
            return _sheets(lambda name: _member(archive, name), lenient=lenient)
    if path.suffix.lower() == ".csv":
        raise InvalidElectionFile(
            f"{path.name} is one of three files; name the folder that holds {TERMS}, {PROJECTS} "
            f"and {BALLOTS}"
        )
    with path.open("rb") as stream:
        if path.suffix.lower() == ".json":
            return _record(stream)
        return read_pabulib(stream, lenient=lenient)


def write_election(read: PabulibElection, path: Path) -> None:
    """Write a Pabulib file (``.pb``), or sheets into a new folder.

    :raises InvalidElectionFile: there is something already, or the ending means nothing.
    :raises OSError: it cannot be written.
    """
    if path.exists():
        raise InvalidElectionFile(f"{path} is there already; nothing was written")
    if path.suffix == ".pb":
        with _finished(path) as unfinished, unfinished.open("wb") as to:
            write_pabulib(read, to)
        return
    if path.suffix:
        raise InvalidElectionFile(
            f"{path.name} ends in neither .pb (Pabulib) nor nothing (a folder with sheets)"
        )
    _write_sheets(sheets_of(read), path)


def _write_sheets(sheets: Mapping[str, Iterator[bytes]], path: Path) -> None:
    with _finished(path) as unfinished:
        unfinished.mkdir()
        for name, parts in sheets.items():
            with (unfinished / name).open("wb") as to:
                to.writelines(parts)


@contextmanager
def _finished(path: Path) -> Iterator[Path]:
    """Give a name beside ``path``; what is written there gets its own name when it is whole."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        yield unfinished
        unfinished.rename(path)
    except BaseException:
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        unfinished.unlink(missing_ok=True)
        raise


def _sheets(opened: _Opens, *, lenient: bool) -> PabulibElection:
    try:
        with opened(TERMS) as terms, opened(PROJECTS) as projects, opened(BALLOTS) as ballots:
            return read_sheets(terms.read(LARGEST_TERMS), projects, ballots, lenient=lenient)
    except (FileNotFoundError, KeyError) as problem:
        needed = f"{TERMS}, {PROJECTS} and {BALLOTS}"
        raise InvalidElectionFile(f"{needed} must be there; one is missing") from problem


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise InvalidElectionFile(f"{path.name} is no readable ZIP file: {problem}") from problem


def _member(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    return io.BufferedReader(archive.open(name))  # type: ignore[type-var]


def _record(stream: BinaryIO) -> PabulibElection:
    raw = stream.read(LARGEST_RECORD + 1)
    if len(raw) > LARGEST_RECORD:
        raise InvalidElectionFile(f"a record of more than {LARGEST_RECORD} bytes")
    return record_file(read_record(raw))
