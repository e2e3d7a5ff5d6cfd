"""Elections into files: what `pb-engine convert` writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import PabulibElection, write_pabulib
from pb_engine.tallying.sheets import sheets_of


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
