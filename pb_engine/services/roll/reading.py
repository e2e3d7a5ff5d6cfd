"""The rows of a register, one by one, whatever its encoding and separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pb_engine.errors import InvalidRegister
from pb_engine.services.roll.columns import Columns
from pb_engine.services.roll.encodings import SAID, Step, encoding_of

MOST_ROWS = 1_000_000
MOST_COLUMNS = 100
_SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab"}
_LOOK = 16 * 1024

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A register of which encoding, separator and header are known.

    :ivar digest: SHA-256 of the file, in hexadecimal.
    :ivar places: where in a row each field stands.
    :ivar width: how many cells a row has.
    :ivar unread: columns that nothing is read from.
    """

    encoding: str
    separator: str
    digest: str
    places: Mapping[str, int]
    width: int
    unread: tuple[str, ...]

    @property
    def said(self) -> str:
        """How the file was read, in words."""
        return f"{SAID[self.encoding]}, separated by {_SEPARATORS[self.separator]}s"

    def rows(self, stream: BinaryIO, step: Step) -> Iterator[tuple[int, Cells]]:
        """Yield the line on which each row begins, and its cells; empty rows are passed over.

        :param step: is told how many bytes were read since the last time.
        :raises InvalidRegister: a quote is not closed, or there are more than a million rows.
        """
        lines = _lines(stream, self.encoding, self.separator, step)
        for number, (line, cells) in enumerate(lines):
            if number > MOST_ROWS:
                raise InvalidRegister(
                    f"a register has at most {MOST_ROWS} rows", problem="rows", limit=MOST_ROWS
                )
            if number:
                yield line, cells


def begin(stream: BinaryIO, columns: Columns, step: Step) -> Reading:
    """Look at a whole file once: its encoding, its separator and its header.

    :raises InvalidRegister: saying what cannot be read, or which column is missing.
    """
    encoding, digest = encoding_of(stream, step)
    separator = _separator(stream, encoding)
    header = next(_lines(stream, encoding, separator, _silent), (1, []))[1]
    if len(header) > MOST_COLUMNS:
        raise InvalidRegister(f"a register has at most {MOST_COLUMNS} columns", problem="columns")
    places = columns.places(header)
    return Reading(encoding, separator, digest, places, len(header), columns.unread(header))


def _silent(_: int) -> None:
    return None


def _separator(stream: BinaryIO, encoding: str) -> str:
    """Return what stands most often in the first line, outside quotes."""
    stream.seek(0)
    text = stream.read(_LOOK).decode(encoding, errors="ignore")
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    found = max(_SEPARATORS, key=bare.count)
    if not bare.count(found):
        raise InvalidRegister(
            "line 1: the columns are not separated by semicolons, commas or tabs",
            problem="separator",
        )
    return found


def _lines(
    stream: BinaryIO, encoding: str, separator: str, step: Step
) -> Iterator[tuple[int, Cells]]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    line, there = 1, 0
    try:
        for cells in reader:
            now = stream.tell()
            if now != there:
                step(now - there)
                there = now
            if any(map(str.strip, cells)):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        raise InvalidRegister(
            f"line {line}: a quote is not closed, or stands where none can: {problem}",
            problem="quotes",
            line=line,
        ) from problem
    finally:
        # Else the wrapper would close a file that is not its own.
        text.detach()
