"""Every voter once: exact, at 8 or 16 bytes a voter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pb_engine.tallying.merging import mixed
from pb_engine.tallying.pabulib.grid import WORD, Names, Words

_SIZE = 2 * WORD


def named(texts: Sequence[str]) -> Names:
    """Return texts as numbers; of those longer than 16 bytes a digest stands for the text."""
    raw = [_short(text.encode()) for text in texts]
    pairs = np.frombuffer(b"".join(raw), dtype="<u8").reshape(-1, 2)
    return pairs[:, 0], (pairs[:, 1] if bool(pairs[:, 1].any()) else None)


def _short(raw: bytes) -> bytes:
    if len(raw) > _SIZE:
        return hashlib.blake2b(raw, digest_size=_SIZE).digest()
    return raw.ljust(_SIZE, b"\0")


class Voters:
    """Who was met so far."""

    def __init__(self) -> None:
        self._runs: list[tuple[Words, Words | None]] = []

    def add(self, names: Names, *, anyway: bool = False) -> NDArray[np.bool_]:
        """Meet further voters; say of each whether another one here or earlier bears its name.

        If there is such a one, none of these is remembered, unless ``anyway``.
        """
        keys, further = _keys(names)
        if not len(keys):
            return np.zeros(0, dtype=bool)
        if further is None and not anyway and self._all_new(np.sort(keys)):
            return np.zeros(len(keys), dtype=bool)
        order = np.argsort(keys)
        if further is not None and bool(np.any(np.diff(keys[order]) == 0)):
            order = np.lexsort((further, keys))
        run = keys[order], (None if further is None else further[order])
        again = np.zeros(len(keys), dtype=bool)
        beside = _equal_neighbours(*run)
        again[order[1:][beside]] = again[order[:-1][beside]] = True
        for earlier in self._runs:
            again[order[_known(earlier, run)]] = True
        if anyway or not bool(again.any()):
            self._keep(run)
        return again

    def _all_new(self, ordered: Words) -> bool:
        """Keep these numbers if none is known, which takes no knowing which is whose."""
        run = ordered, None
        twice = bool(_equal_neighbours(*run).any())
        new = not twice and not any(len(_known(earlier, run)) for earlier in self._runs)
        if new:
            self._keep(run)
        return new

    def _keep(self, run: tuple[Words, Words | None]) -> None:
        while self._runs and len(self._runs[-1][0]) <= 2 * len(run[0]):
            run = _merged(self._runs.pop(), run)
        self._runs.append(run)


def _keys(names: Names) -> tuple[Words, Words | None]:
    """Return a number per name, and what else tells names apart that share it."""
    first, further = names
    return (first, None) if further is None else (first ^ mixed(further), further)


def _equal_neighbours(keys: Words, further: Words | None) -> NDArray[np.bool_]:
    equal = keys[1:] == keys[:-1]
    return np.asarray(equal if further is None else equal & (further[1:] == further[:-1]))


def _known(
    earlier: tuple[Words, Words | None], run: tuple[Words, Words | None]
) -> NDArray[np.int64]:
    """Return the places in ``run`` of names that stand in ``earlier`` too."""
    at = np.minimum(np.searchsorted(earlier[0], run[0]), len(earlier[0]) - 1)
    hits = np.flatnonzero(earlier[0][at] == run[0])
    if not len(hits):
        return hits
    near = np.flatnonzero(np.isin(earlier[0], run[0][hits]))
    known = set(_pairs(earlier, near))
    return hits[[pair in known for pair in _pairs(run, hits)]]


def _pairs(run: tuple[Words, Words | None], at: NDArray[np.int64]) -> list[tuple[int, int]]:
    further = np.zeros(len(at), dtype=np.uint64) if run[1] is None else run[1][at]
    return list(zip(run[0][at].tolist(), further.tolist(), strict=True))


def _merged(
    one: tuple[Words, Words | None], other: tuple[Words, Words | None]
) -> tuple[Words, Words | None]:
    keys = np.concatenate([one[0], other[0]])
    if one[1] is None and other[1] is None:
        return np.sort(keys), None
    parts = [np.zeros_like(run[0]) if run[1] is None else run[1] for run in (one, other)]
    order = np.argsort(keys)
    return keys[order], np.concatenate(parts)[order]
