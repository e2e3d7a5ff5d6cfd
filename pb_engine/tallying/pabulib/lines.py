"""From bytes to rows of cells, with bounded memory and a line number for every complaint."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from pb_engine.errors import InvalidElectionFile

LONGEST_LINE = 4 * 1024 * 1024
"""Characters.  A ballot that marks 100,000 projects fits; an endless line does not."""

BLOCK = 1024 * 1024

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
        self._reader = csv.reader(chain.from_iterable(_texts(stream)), delimiter=";", strict=True)

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


def _texts(stream: BinaryIO) -> Iterator[Iterable[str]]:
    """Yield blocks of checked lines; whole blocks are decoded and cut into lines by C code."""
    lines_before = 0
    mark = b"\xef\xbb\xbf"
    for block in _blocks(stream):
        text = _decoded(block.removeprefix(mark), lines_before)
        mark = b""
        lines_before += block.count(b"\n")
        yield io.StringIO(text, newline="")


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield whole lines in blocks of about ``BLOCK`` bytes.

    :raises InvalidElectionFile: a line without an end.
    """
    rest: list[bytes] = []
    lines = held = 0
    while block := stream.read(BLOCK):
        cut = block.rfind(b"\n") + 1
        held += len(block)
        if not cut:
            rest.append(block)
            if held > LONGEST_LINE:
                raise refuse(lines + 1, "line", f"longer than {LONGEST_LINE} characters")
            continue
        yield b"".join((*rest, block[:cut]))
        lines += block.count(b"\n")
        rest, held = [block[cut:]], len(block) - cut
    if last := b"".join(rest):
        yield last


def _decoded(block: bytes, lines_before: int) -> str:
    try:
        text = block.decode()
    except UnicodeDecodeError as problem:
        line, character = _place(block, problem.start)
        raise refuse(
            lines_before + line,
            "line",
            f"character {character} is not UTF-8 text; save the file as UTF-8",
        ) from problem
    if b"\0" in block:
        line, _ = _place(block, block.index(b"\0"))
        sentence = "a NUL character; the file must be UTF-8 text, not UTF-16"
        raise refuse(lines_before + line, "line", sentence)
    return text


def _place(block: bytes, at: int) -> tuple[int, int]:
    """Return line and byte of the line, both from 1."""
    return block.count(b"\n", 0, at) + 1, at - block.rfind(b"\n", 0, at)


def lines_of(rows: Iterable[Row], last: int) -> list[int]:
    """Return the line on which each row ended, given the line on which the last one ended."""
    numbers = []
    for row in reversed(list(rows)):
        numbers.append(last)
        last -= 1 + sum(cell.count("\n") for cell in row)
    return numbers[::-1]
