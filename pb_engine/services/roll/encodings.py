"""Which encoding a file is in: decided by its bytes, strictly, and said."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from pb_engine.errors import InvalidRegister

BLOCK = 256 * 1024
LARGEST_FILE = 512 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAID = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (with a mark)",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
}
"""How people call the encodings that are read."""

Step = Callable[[int], None]
"""Is told how many bytes were read since the last time."""


def encoding_of(stream: BinaryIO, step: Step) -> tuple[str, str]:
    """Return the encoding of a whole file and its SHA-256, in one pass.

    A mark at the beginning decides.  Without one the file is UTF-8 if all of it is; else it is
    Windows-1252, if all of it can be.

    :raises InvalidRegister: it is none of these, empty, or larger than half a gigabyte.
    """
    stream.seek(0)
    marked = _marked(stream.read(4))
    digest, candidates = hashlib.sha256(), [marked] if marked else ["utf-8", "cp1252"]
    decoders = {name: codecs.getincrementaldecoder(name)() for name in candidates}
    for block in _blocks(stream, step):
        digest.update(block)
        if not marked and b"\0" in block:
            raise _refused("a NUL character; UTF-16 text begins with a mark")
        for name in tuple(decoders):
            if not _decodes(decoders[name], block):
                del decoders[name]
    for name, decoder in tuple(decoders.items()):
        if not _decodes(decoder, b"", final=True):
            del decoders[name]
    if not decoders:
        raise _refused(f"this is not {' nor '.join(SAID[name] for name in candidates)} text")
    return next(iter(decoders)), digest.hexdigest()


def _marked(first: bytes) -> str:
    if not first:
        raise _refused("the file is empty")
    for mark, name in _MARKS:
        if first.startswith(mark):
            if not name:
                raise _refused("this is UTF-32 text; save it as UTF-8")
            return name
    return ""


def _blocks(stream: BinaryIO, step: Step) -> Iterator[bytes]:
    stream.seek(0)
    total = 0
    while block := stream.read(BLOCK):
        total += len(block)
        if total > LARGEST_FILE:
            raise _refused("the file is larger than half a gigabyte")
        step(len(block))
        yield block


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _refused(sentence: str) -> InvalidRegister:
    return InvalidRegister(f"the register cannot be read: {sentence}", problem="encoding")
