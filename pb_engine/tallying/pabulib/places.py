"""Finds the places of projects from their names as numbers, for a whole block at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pb_engine.tallying.columns import Whole
from pb_engine.tallying.merging import mixed
from pb_engine.tallying.pabulib.grid import WORD, Names, Words
from pb_engine.tallying.pabulib.voters import named

_TABLE_BITS = 16
_TRIES = 32
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
        self._table, self._factor = self._without_clash()

    def of(self, names: Names) -> Whole | None:
        """Return the places; ``None`` when a name is not known."""
        if not self._usable:
            return None
        keys = _keys(names)
        if self._table is not None:
            found = self._table[_slots(keys, self._factor)]
        else:
            at = np.searchsorted(self._keys[self._order], keys)
            found = self._order.astype(np.int32)[np.minimum(at, len(self._order) - 1)]
        same = self._first[found] == names[0]
        if names[1] is not None or self._long:
            same &= self._further[found] == (0 if names[1] is None else names[1])
        return np.asarray(found) if bool(same.all()) else None

    def _without_clash(self) -> tuple[NDArray[np.int32] | None, np.uint64]:
        """Return a table in which every project has a slot of its own, if one is found soon."""
        factor = np.uint64(_ODD)
        for attempt in range(_TRIES if len(self._keys) <= _FEW else 0):
            factor = np.uint64((_ODD * (2 * attempt + 1)) % 2**64)
            slots = _slots(self._keys, factor)
            if len(np.unique(slots)) == len(slots):
                table = np.zeros(1 << _TABLE_BITS, dtype=np.int32)
                table[slots] = np.arange(len(slots))
                return table, factor
        return None, factor


def _keys(names: Names) -> Words:
    first, further = names
    return first if further is None else first ^ mixed(further)


def _slots(keys: Words, factor: np.uint64) -> Words:
    return np.asarray((keys * factor) >> np.uint64(64 - _TABLE_BITS))
