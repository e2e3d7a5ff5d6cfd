"""From bytes to rows of cells, with bounded memory and a line number for every complaint."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from pb_engine.errors import InvalidElectionFile

LONGEST_LINE = 4 * 1024 * 1024
"""Characters.  A ballot that marks 100,000 projects fits; an endless line does not."""

Row = list[str]

# The limit is one number for the whole program; lines are bounded here before csv sees them.
csv.field_size_limit(LONGEST_LINE)


def refuse(line: int, field: str, sentence: str) -> InvalidElectionFile:
    """Make the error that names line and field."""
    return InvalidElectionFile(f"line {line}, {field}: {sentence}", line=line, field=field)


class Rows:
    """The rows of a file, one after the other; empty lines are passed over.

    :ivar line: the number of the line on which the latest row ended.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._read = 0
        self._reader = csv.reader(self._lines(stream), delimiter=";", strict=True)

    @property
    def line(self) -> int:
        """The line on which the latest row ended."""
        return self._reader.line_num

    def __iter__(self) -> Iterator[Row]:
        while chunk := self.take(1):
            yield chunk[0]

    def take(self, number: int) -> list[Row]:
        """Return up to ``number`` further rows that hold anything.

        :raises InvalidElectionFile: a line is not UTF-8 text, too long, or badly quoted.
        """
        rows: list[Row] = []
        try:
            while not rows:
                rows = list(islice(self._reader, number))
                if not rows:
                    break
                rows = list(filter(None, rows))
        except csv.Error as problem:
            raise refuse(self._reader.line_num, "quotes", f"{problem}") from problem
        return rows

    def _lines(self, stream: BinaryIO) -> Iterator[str]:
        text = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
        try:
            for line in iter(lambda: text.readline(LONGEST_LINE), ""):
                self._read += 1
                if "\0" in line or len(line) == LONGEST_LINE or not line.isascii():
                    _check(line, self._read)
                yield line
        finally:
            # The stream belongs to the caller, who may have closed it already.
            with suppress(ValueError):
                text.detach()


def _check(line: str, number: int) -> None:
    if len(line) == LONGEST_LINE:
        raise refuse(number, "line", f"longer than {LONGEST_LINE} characters")
    try:
        line.encode()
    except UnicodeEncodeError as problem:
        raise refuse(
            number, "line", f"character {problem.start + 1} is not UTF-8 text; save it as UTF-8"
        ) from problem
    if "\0" in line:
        raise refuse(number, "line", "a NUL character; the file must be UTF-8 text, not UTF-16")


def lines_of(rows: Iterable[Row], last: int) -> list[int]:
    """Return the line on which each row ended, given the line on which the last one ended."""
    numbers = []
    for row in reversed(list(rows)):
        numbers.append(last)
        last -= 1 + sum(cell.count("\n") for cell in row)
    return numbers[::-1]
