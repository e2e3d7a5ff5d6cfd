"""From bytes to rows of cells, with bounded memory and a line number for every complaint."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

import numpy as np

from pb_engine.tallying.pabulib.encodings import Checker, narrow_text, refuse
from pb_engine.tallying.pabulib.tolerance import Tolerance

__all__ = ["LONGEST_LINE", "Block", "Row", "Rows", "blocks", "refuse"]

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes.  A ballot that marks 100,000 projects fits; an endless line does not."""

Row = list[str]

Block = tuple[int, bytes]
"""How many lines came before, and some whole lines of UTF-8 text."""

# The limit is one number for the whole program; lines are bounded here before csv sees them.
csv.field_size_limit(LONGEST_LINE)


def blocks(stream: BinaryIO, tolerance: Tolerance, *, wide: bool = False) -> Iterator[Block]:
    """Yield the lines of a file in blocks of about half a megabyte.

    :param wide: UTF-16 and UTF-32 are fine too.
    :raises InvalidElectionFile: a line without an end, or what is not UTF-8 text.
    """
    checker = Checker(tolerance)
    rest: list[bytes] = []
    lines = held = 0
    for block in narrow_text(stream, Tolerance(lenient=True) if wide else tolerance):
        cut = block.rfind(b"\n") + 1
        held += len(block)
        if held - cut > LONGEST_LINE or block.find(b"\n") + held - len(block) > LONGEST_LINE:
            raise refuse(lines + 1, "line", f"longer than {LONGEST_LINE} characters")
        if not cut:
            rest.append(block)
            continue
        yield lines, checker.checked(b"".join((*rest, block[:cut])), lines)
        lines += _feeds(block)
        rest, held = [block[cut:]], len(block) - cut
    if last := b"".join(rest):
        yield lines, checker.checked(last, lines)


class Rows:
    """The rows of a file, one after the other; empty lines are passed over.

    :ivar line: the number of the line on which the latest row ended.
    """

    def __init__(self, source: Iterable[Block], delimiter: str = ";") -> None:
        self._blocks = iter(source)
        self._text = io.StringIO()
        self._before: int | None = None
        self._latest: list[Row] = []
        lines = chain.from_iterable(self._texts())
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)

    @property
    def line(self) -> int:
        """The line on which the latest row ended."""
        return (self._before or 0) + self._reader.line_num

    def __iter__(self) -> Iterator[Row]:
        try:
            for row in self._reader:
                if row:
                    self._latest = [row]
                    yield row
        except csv.Error as problem:
            raise refuse(self.line, "quotes", f"{problem}") from problem

    def take(self, number: int) -> list[Row]:
        """Return up to ``number`` further rows that hold anything.

        :raises InvalidElectionFile: a line is not UTF-8 text, too long, or badly quoted.
        """
        rows: list[Row] = []
        try:
            while not rows:
                self._latest = list(islice(self._reader, number))
                if not self._latest:
                    break
                rows = list(filter(None, self._latest))
        except csv.Error as problem:
            raise refuse(self.line, "quotes", f"{problem}") from problem
        return rows

    def lines(self) -> list[int]:
        """Return the line on which each row that was taken last ended."""
        last, numbers = self.line, []
        for row in reversed(self._latest):
            if row:
                numbers.append(last)
            last -= 1 + sum(cell.count("\n") for cell in row)
        return numbers[::-1]

    def rest(self) -> Iterator[Block]:
        """Yield what was not taken yet, as blocks; this object has no rows any more then."""
        line = self.line
        if text := self._text.read():
            yield line, text.encode()
        yield from self._blocks

    def _texts(self) -> Iterator[Iterable[str]]:
        """Yield blocks of lines, which C code cuts apart."""
        for before, block in self._blocks:
            if self._before is None:
                self._before = before
            self._text = io.StringIO(block.decode(), newline="")
            yield self._text


def _feeds(block: bytes) -> int:
    """Count line feeds; several times as fast as ``bytes.count`` where they are many."""
    return int(np.count_nonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n")))
