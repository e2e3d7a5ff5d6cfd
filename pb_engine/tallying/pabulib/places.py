"""Finds the places of projects from their names as numbers, for a whole block at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from pb_engine.tallying.columns import Whole
from pb_engine.tallying.merging import mixed
from pb_engine.tallying.pabulib.grid import WORD, Names, Words
from pb_engine.tallying.pabulib.voters import named

_TABLE_BITS = (10, 12, 14, 16)
"""A small table stays in the nearest cache of a processor."""
_TRIES = 8
_FEW = 1_000
"""Of more projects than these, some share a slot whatever the factor."""
_ODD = 0x9E3779B97F4A7C15


class Places:
    """An exact dictionary from names to places."""

    def __init__(self, ids: Sequence[str]) -> None:
        """Prepare; identifiers of more than 16 bytes are left to a slower reader."""
        self._usable = bool(ids) and max(len(name.encode()) for name in ids) <= 2 * WORD
        if not self._usable:
            return
        first, further = named(ids)
        self._first = first
        self._long = further is not None
        self._further = np.zeros_like(first) if further is None else further
        self._keys = _keys((first, further))
        self._order = np.argsort(self._keys)
        self._table, self._factor, self._shift = self._without_clash()

    def of(self, names: Names) -> Whole | None:
        """Return the places; ``None`` when a name is not known."""
        if not self._usable:
            return None
        keys = _keys(names)
        if self._table is not None:
            found = self._table.take(_slots(keys, self._factor, self._shift))
        else:
            at = np.searchsorted(self._keys[self._order], keys)
            found = self._order[np.minimum(at, len(self._order) - 1)]
        same = self._first.take(found) == names[0]
        if names[1] is not None or self._long:
            same &= self._further[found] == (0 if names[1] is None else names[1])
        return np.asarray(found) if bool(same.all()) else None

    def _without_clash(self) -> tuple[Whole | None, np.uint64, np.uint64]:
        """Return a table in which every project has a slot of its own, if one is found soon."""
        tries = range(_TRIES if len(self._keys) <= _FEW else 0)
        for bits, attempt in product(_TABLE_BITS, tries):
            shift = np.uint64(64 - bits)
            factor = np.uint64((_ODD * (2 * attempt + 1)) % 2**64)
            slots = _slots(self._keys, factor, shift)
            table = np.zeros(1 << bits, dtype=np.int64)
            table[slots] = np.arange(len(slots))
            if np.array_equal(table[slots], np.arange(len(slots))):
                return table, factor, shift
        return None, np.uint64(_ODD), np.uint64(0)


def _keys(names: Names) -> Words:
    first, further = names
    return first if further is None else first ^ mixed(further)


def _slots(keys: Words, factor: np.uint64, shift: np.uint64) -> Whole:
    slots = keys * factor
    slots >>= shift
    return slots.view(np.int64)
