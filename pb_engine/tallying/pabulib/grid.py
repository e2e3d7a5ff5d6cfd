"""Cells and lists of a block of plain lines, found by their places in its bytes.

Nothing here turns text into objects: that is what makes reading as quick as cutting.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pb_engine.tallying.columns import Whole
from pb_engine.tallying.stacking import spread

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Names = tuple[Words, Words | None]
"""Texts of up to 16 bytes as two numbers each; the second is left out when all are 0."""

WORD = 8
_SEMICOLON, _COMMA, _FEED, _RETURN = b";,\n\r"
_KEPT = np.array([(1 << (8 * at)) - 1 for at in range(WORD + 1)], dtype=np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Pieces of a block: where each begins and ends."""

    starts: Whole
    ends: Whole

    @property
    def lengths(self) -> Whole:
        """How many bytes each has."""
        return np.asarray(self.ends - self.starts)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A block as a table of cells.

    :ivar block: the bytes, with two words of zeros behind them.
    :ivar bounds: per row: where it begins, its semicolons, and where it ends.
    """

    block: Bytes
    bounds: Whole
    commas: Whole

    @classmethod
    def of(cls, raw: bytes, width: int) -> Grid | None:
        """Find the cells; ``None`` when there are quotes or rows of another width."""
        if b'"' in raw or not raw:
            return None
        raw = raw if raw.endswith(b"\n") else raw + b"\n"
        block = np.frombuffer(raw + bytes(3 * WORD), dtype=np.uint8)
        text = block[: len(raw)]
        feeds = np.flatnonzero(text == _FEED)
        starts = np.concatenate([np.zeros(1, dtype=np.int64), feeds[:-1] + 1])
        ends = feeds
        if returns := raw.count(b"\r"):
            crlf = text[np.maximum(feeds, 1) - 1] == _RETURN
            if int(crlf.sum()) != returns:
                return None
            ends = feeds - crlf
        filled = ends > starts
        if not bool(filled.all()):
            starts, ends = starts[filled], ends[filled]
        semicolons = np.flatnonzero(text == _SEMICOLON)
        if len(semicolons) != len(starts) * (width - 1):
            return None
        inner = semicolons.reshape(len(starts), width - 1)
        if bool(np.any(inner[:, 0] < starts) or np.any(inner[:, -1] >= ends)):
            return None
        bounds = np.column_stack([starts - 1, inner, ends])
        return cls(block, bounds, np.flatnonzero(text == _COMMA))

    def cells(self, column: int) -> Spans:
        """Return the cells of a column."""
        return Spans(self.bounds[:, column] + 1, self.bounds[:, column + 1])

    def lists(self, column: int) -> tuple[Spans, Whole]:
        """Return the pieces of comma-separated cells, and how many each cell has."""
        cells = self.cells(column)
        filled = cells.ends > cells.starts
        begins, ends = cells.starts[filled], cells.ends[filled]
        commas, inside = self._commas(begins, ends)
        counts = np.zeros(len(filled), dtype=np.int64)
        counts[filled] = inside + 1
        last = np.cumsum(inside + 1) - 1
        starts = np.empty(len(commas) + len(begins), dtype=np.int64)
        rest = np.ones(len(starts), dtype=bool)
        rest[last - inside] = False
        starts[rest], starts[last - inside] = commas + 1, begins
        until = np.empty_like(starts)
        until[:-1] = starts[1:] - 1
        until[last] = ends
        return Spans(starts, until), counts

    def _commas(self, begins: Whole, ends: Whole) -> tuple[Whole, Whole]:
        """Return the commas between these places, and how many there are in each."""
        before = np.searchsorted(self.commas, begins)
        inside = np.searchsorted(self.commas, ends) - before
        if len(self.commas) == int(inside.sum()):
            return self.commas, inside
        return self.commas[spread(before, inside)], inside

    def names(self, spans: Spans) -> Names | None:
        """Return texts as numbers; ``None`` when one is longer than 16 bytes."""
        lengths = spans.lengths
        longest = int(lengths.max(initial=0))
        if longest > 2 * WORD:
            return None
        if longest <= WORD:
            same = len(lengths) and longest == int(lengths.min())
            kept = _KEPT[longest] if same else _KEPT[lengths]
            return self._words(spans.starts) & kept, None
        words = self._words(spans.starts) & _KEPT[np.minimum(lengths, WORD)]
        further = self._words(spans.starts + WORD) & _KEPT[np.maximum(lengths - WORD, 0)]
        return words, further

    def _words(self, at: Whole) -> Words:
        every = np.ndarray((len(self.block) - WORD,), "<u8", self.block.data, strides=(1,))
        return np.asarray(every[at])

    def numbers(self, spans: Spans) -> Whole | None:
        """Return plain whole numbers of up to 9 digits; ``None`` when one is another text."""
        lengths = spans.lengths
        longest = int(lengths.max(initial=0))
        if longest > 9 or not bool(np.all(lengths > 0)):  # noqa: PLR2004 - see the promise
            return None
        found = np.zeros(len(lengths), dtype=np.int64)
        for at in range(longest):
            some = lengths > at
            digits = self.block[spans.starts[some] + at] - np.uint8(ord("0"))
            if bool(np.any(digits > 9)):  # noqa: PLR2004 - digits
                return None
            found[some] = found[some] * 10 + digits
        return found

    def text(self, spans: Spans, at: int) -> str:
        """Return one piece as text."""
        return bytes(self.block[int(spans.starts[at]) : int(spans.ends[at])]).decode()
