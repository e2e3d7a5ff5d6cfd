"""Bits and numbers that look random and are the same in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import count


def seeded_bits(seed: str) -> Callable[[int], int]:
    """Return a source of bits: SHA-256 of the seed and a counter."""
    blocks = (hashlib.sha256(f"{seed}/{turn}".encode()).digest() for turn in count())
    held, length = 0, 0

    def bits(wanted: int) -> int:
        nonlocal held, length
        while length < wanted:
            held = held << 256 | int.from_bytes(next(blocks), "big")
            length += 256
        length -= wanted
        taken, held = held >> length, held & ((1 << length) - 1)
        return taken

    return bits


def numbers(seed: str, limit: int) -> Iterator[int]:
    """Yield numbers from 0 to below ``limit``, without end."""
    bits = seeded_bits(seed)
    while True:
        yield bits(32) % limit
