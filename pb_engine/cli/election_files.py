"""Elections in files: what `pb-engine tally` and `pb-engine convert` read."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import PabulibElection, read_pabulib, record_file

LARGEST_RECORD = 256 * 1024**2


def read_election(path: Path, *, lenient: bool = False) -> PabulibElection:
    """Read a Pabulib file, a published record (``.json``), or sheets in a folder or ZIP file.

    :raises InvalidElectionFile: naming line or key, and field.
    :raises OSError: the file cannot be read.
    """
    if path.is_dir() or path.suffix.lower() in {".zip", ".csv"}:
        from pb_engine.cli.sheet_files import read_sheet_files

        return read_sheet_files(path, lenient=lenient)
    with path.open("rb") as stream:
        if path.suffix.lower() == ".json":
            return _record(stream)
        return read_pabulib(stream, lenient=lenient)


def _record(stream: BinaryIO) -> PabulibElection:
    raw = stream.read(LARGEST_RECORD + 1)
    if len(raw) > LARGEST_RECORD:
        raise InvalidElectionFile(f"a record of more than {LARGEST_RECORD} bytes")
    from pb_engine.tallying.record import read_record

    return record_file(read_record(raw))
