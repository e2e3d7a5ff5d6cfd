"""Elections as sheets in a folder or a ZIP file; loaded only when there are any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import PabulibElection
from pb_engine.tallying.sheets import BALLOTS, PROJECTS, TERMS, read_sheets

LARGEST_TERMS = 1024**2


class _Opens(Protocol):
    def __call__(self, name: str) -> BinaryIO: ...


def read_sheet_files(path: Path, *, lenient: bool = False) -> PabulibElection:
    """Read the three sheets of an election from a folder or a ZIP file.

    :raises InvalidElectionFile: naming file, line and column; also for one sheet on its own.
    :raises OSError: a file cannot be read.
    """
    if path.is_dir():
        return _sheets(lambda name: (path / name).open("rb"), lenient=lenient)
    if path.suffix.lower() == ".csv":
        raise InvalidElectionFile(
            f"{path.name} is one of three files; name the folder that holds {TERMS}, {PROJECTS} "
            f"and {BALLOTS}"
        )
    with _opened(path) as archive:
        return _sheets(lambda name: _member(archive, name), lenient=lenient)


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
