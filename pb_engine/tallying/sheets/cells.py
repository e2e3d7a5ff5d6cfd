"""Cells that a spreadsheet would take for a formula, and rows of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from pb_engine.tallying.pabulib.lines import Row, Rows, blocks, refuse
from pb_engine.tallying.pabulib.tolerance import Tolerance

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_CHUNK = 20_000


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; ``bare`` undoes it."""
    if _NUMBER.fullmatch(text) or not text.lstrip("'").startswith(_FORMULA):
        return text
    return f"'{text}"


def bare(cell: str) -> str:
    """Return the text that ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


class Sheet:
    """A sheet with named columns, row by row.

    :ivar header: the names of the columns.
    """

    def __init__(self, stream: BinaryIO, tolerance: Tolerance, needed: tuple[str, ...]) -> None:
        """Read the header; commas or semicolons, whichever stand in it.

        :raises InvalidElectionFile: a column is missing or stands twice.
        """
        source = blocks(stream, tolerance, wide=True)
        first = next(source, (0, b""))
        title = first[1].lstrip(b"\r\n").partition(b"\n")[0]
        self._rows = Rows(chain([first], source), ";" if b";" in title else ",")
        found = self._rows.take(1)
        self.header = [cell.strip() for cell in found[0]] if found else []
        line = self._rows.line or 1
        for name in needed:
            if name not in self.header:
                raise refuse(line, name, "the sheet has no such column")
        for name in self.header:
            if self.header.count(name) > 1:
                raise refuse(line, name or "header", "this column stands twice")

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield rows by column, each with the line on which it ends.

        :raises InvalidElectionFile: a row has another width.
        """
        while rows := self._rows.take(_CHUNK):
            for line, row in zip(self._rows.lines(), rows, strict=True):
                yield line, self._named(line, row)

    def _named(self, line: int, row: Row) -> dict[str, str]:
        if len(row) != len(self.header):
            sentence = f"{len(row)} cells where {len(self.header)} columns are named"
            raise refuse(line, "row", sentence)
        return dict(zip(self.header, map(bare, map(str.strip, row)), strict=True))
