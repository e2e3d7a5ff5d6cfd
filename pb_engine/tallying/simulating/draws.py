"""Whole numbers that look like chance and are not: the same name gives the same numbers."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from itertools import count
from typing import TypeVar

One = TypeVar("One")
_WORDS = struct.Struct(">4Q")
_RANGE = 2**64


class Draws:
    """A stream of draws with a name: a seed, and what the draws are for.

    The key is SHA-256 over ``"pb-engine draw v1"``, the seed and the further names, in UTF-8 and
    with a NUL between them.  Block ``i`` is SHA-256 over the key and ``i`` in eight bytes; each
    block gives four words of 64 bits, the highest byte first.
    """

    def __init__(self, seed: str, *names: str | int) -> None:
        text = "\0".join(["pb-engine draw v1", seed, *map(str, names)])
        self._key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        self._words = self._stream()

    def _stream(self) -> Iterator[int]:
        for block in count():
            digest = hashlib.sha256(self._key + block.to_bytes(8, "big")).digest()
            yield from _WORDS.unpack(digest)

    def below(self, bound: int) -> int:
        """Return a whole number from 0 up to, and without, ``bound``; all equally likely.

        A word above the last multiple of ``bound`` is thrown away, so that no number is favoured.

        :param bound: 1 to 2**64.
        """
        room = _RANGE - _RANGE % bound
        word = next(self._words)
        while word >= room:
            word = next(self._words)
        return word % bound

    def chance(self, part: int, whole: int) -> bool:
        """Return true ``part`` times in ``whole``, on average."""
        return self.below(whole) < part

    def shuffled(self, items: Sequence[One]) -> list[One]:
        """Return the items in any order, each order equally likely (Fisher and Yates)."""
        order = list(items)
        for place in range(len(order) - 1, 0, -1):
            other = self.below(place + 1)
            order[place], order[other] = order[other], order[place]
        return order
