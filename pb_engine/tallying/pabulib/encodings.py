"""Text in other encodings than UTF-8: recognised, and read only by a lenient reader."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib.tolerance import Tolerance

FIRST_BLOCK = 64 * 1024
"""META and PROJECTS are read row by row, so the block that holds them is small."""
BLOCK = 512 * 1024

_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CENTRAL = frozenset({b"pl", b"cs", b"sk", b"hu", b"sl", b"hr", b"ro", b"sr", b"bs", b"sq"})
_LANGUAGE = re.compile(rb"^language[;,]\"?([a-z]{2})", re.MULTILINE)


def refuse(line: int, field: str, sentence: str) -> InvalidElectionFile:
    """Make the error that names line and field."""
    return InvalidElectionFile(f"line {line}, {field}: {sentence}", line=line, field=field)


def narrow_text(stream: BinaryIO, tolerance: Tolerance) -> Iterator[bytes]:
    """Yield the bytes of a file without its byte order mark; UTF-16 and UTF-32 as UTF-8.

    :raises InvalidElectionFile: UTF-16 or UTF-32, and the reader is strict.
    """
    first = stream.read(FIRST_BLOCK)
    for mark, name in _WIDE:
        if first.startswith(mark):
            tolerance.face(refuse(1, "line", f"the file is {name} text; save it as UTF-8"))
            yield from _narrowed(first, stream, name)
            return
    yield first.removeprefix(codecs.BOM_UTF8)
    while block := stream.read(BLOCK):
        yield block


def _narrowed(first: bytes, stream: BinaryIO, name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(name)()
    lines, block = 1, first
    try:
        while block:
            raw = decoder.decode(block).encode()
            lines += raw.count(b"\n")
            yield raw
            block = stream.read(BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeError as problem:
        raise refuse(lines, "line", f"from here on this is not {name} text") from problem


class Checker:
    """Makes sure that blocks of whole lines are UTF-8 text.

    A lenient reader takes other text as Windows-1250 where META names a language of Central
    Europe, and else as Windows-1252; it says so once.
    """

    def __init__(self, tolerance: Tolerance) -> None:
        self._tolerance = tolerance
        self._page = ""
        self._central: bool | None = None

    def checked(self, block: bytes, lines_before: int) -> bytes:
        """Return the block in UTF-8.

        :raises InvalidElectionFile: it is something else, or holds a NUL character.
        """
        if b"\0" in block:
            line, _ = _place(block, block.index(b"\0"))
            sentence = "a NUL character; the file must be UTF-8 text, not UTF-16"
            raise refuse(lines_before + line, "line", sentence)
        if self._central is None:
            language = _LANGUAGE.search(block)
            self._central = bool(language) and language[1] in _CENTRAL if language else False
        if not block.isascii():
            try:
                block.decode()
            except UnicodeDecodeError as problem:
                return self._turned(block, lines_before, problem)
        return block

    def _turned(self, block: bytes, lines_before: int, problem: UnicodeDecodeError) -> bytes:
        line, character = _place(block, problem.start)
        sentence = f"character {character} is not UTF-8 text"
        if not self._tolerance.lenient:
            advice = f"{sentence}; save the file as UTF-8"
            raise refuse(lines_before + line, "line", advice) from problem
        page = "cp1250" if self._central else "cp1252"
        try:
            raw = block.decode(page).encode()
        except UnicodeDecodeError as other:
            line, _ = _place(block, other.start)
            raise refuse(lines_before + line, "line", f"neither UTF-8 nor {page} text") from other
        if not self._page:
            self._page = page
            read_as = f"{sentence}; read as {page}"
            self._tolerance.face(refuse(lines_before + line, "line", read_as))
        return raw


def _place(block: bytes, at: int) -> tuple[int, int]:
    """Return line and byte of the line, both from 1."""
    return block.count(b"\n", 0, at) + 1, at - block.rfind(b"\n", 0, at)
