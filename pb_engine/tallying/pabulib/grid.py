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

    The cells of a row and the pieces of a list lie between separators alike, so both are found by
    counting separators, and their places in the text are looked up last.

    :ivar block: the bytes behind a line feed, with three words of zeros behind them.
    :ivar begins: per separator (line feed, semicolon, comma), where the text behind it begins.
    :ivar ends: per separator, where the text before it ends.
    :ivar commas: per separator, whether it is a comma.
    :ivar bounds: of every row, as numbers of separators: the line feeds before the rows, their
        first semicolons and so on, and the line feeds that end them.
    """

    block: Bytes
    begins: Whole
    ends: Whole
    commas: NDArray[np.bool_]
    bounds: tuple[Whole, ...]

    @classmethod
    def of(cls, raw: bytes, width: int) -> Grid | None:
        """Find the cells; ``None`` when there are quotes or rows of another width."""
        if b'"' in raw or not raw:
            return None
        closing = b"" if raw.endswith(b"\n") else b"\n"
        block = np.frombuffer(b"".join((b"\n", raw, closing, bytes(3 * WORD))), dtype=np.uint8)
        text = block[: -3 * WORD]
        places = np.flatnonzero((text == _COMMA) | (text == _SEMICOLON) | (text == _FEED))
        kinds = text.take(places)
        feeds = np.flatnonzero(kinds == _FEED)
        begins, ends = places + 1, places
        if b"\r" in raw:
            crlf = text[places[feeds] - 1] == _RETURN
            if np.count_nonzero(crlf) != np.count_nonzero(text == _RETURN):
                return None
            ends = places.copy()
            ends[feeds] -= crlf
        before, behind = feeds[:-1], feeds[1:]
        filled = ends[behind] > begins[before]
        if not bool(filled.all()):
            before, behind = before[filled], behind[filled]
        inner = _inner(np.flatnonzero(kinds == _SEMICOLON), before, behind, width)
        if inner is None:
            return None
        return cls(block, begins, ends, kinds == _COMMA, (before, *inner, behind))

    @property
    def rows(self) -> int:
        """How many rows there are that hold anything."""
        return len(self.bounds[0])

    def cells(self, column: int) -> Spans:
        """Return the cells of a column."""
        before, behind = self.bounds[column : column + 2]
        return Spans(self.begins.take(before), self.ends.take(behind))

    def lists(self, column: int) -> tuple[Spans, Whole]:
        """Return the pieces of comma-separated cells, and how many each cell has."""
        before, behind = self.bounds[column : column + 2]
        counts = behind - before
        cells = self.cells(column)
        filled = cells.ends > cells.starts
        if not bool(filled.all()):
            counts[~filled] = 0
            before = before[filled]
        if int(counts.sum()) - len(before) == np.count_nonzero(self.commas):
            chosen = self.commas.copy()
            chosen[before] = True
            at = np.flatnonzero(chosen)
        else:
            at = spread(before, counts[counts > 0])
        return Spans(self.begins.take(at), self.ends.take(at + 1)), counts

    def names(self, spans: Spans) -> Names | None:
        """Return texts as numbers; ``None`` when one is longer than 16 bytes."""
        lengths = spans.lengths
        longest = int(lengths.max(initial=0))
        if longest > 2 * WORD:
            return None
        if longest <= WORD:
            return self._words(spans.starts, lengths), None
        words = self._words(spans.starts, np.minimum(lengths, WORD))
        further = self._words(spans.starts + WORD, np.maximum(lengths - WORD, 0))
        return words, further

    def _words(self, at: Whole, lengths: Whole) -> Words:
        """Return the bytes from here on, as many as asked for, zeros for the rest."""
        every = np.ndarray((len(self.block) - WORD,), "<u8", self.block.data, strides=(1,))
        words = every[at]
        words &= _KEPT.take(lengths)
        return words

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


def _inner(semicolons: Whole, before: Whole, behind: Whole, width: int) -> list[Whole] | None:
    """Return the semicolons of the rows, column by column; ``None`` when a row has others."""
    if len(semicolons) != len(before) * (width - 1):
        return None
    inner = [semicolons[at :: width - 1] for at in range(width - 1)]
    if bool(np.any(inner[0] < before) or np.any(inner[-1] > behind)):
        return None
    return inner
