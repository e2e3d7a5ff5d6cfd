"""Rounding counts to a base, by a lot that a key and the cell's name decide for ever.

Source: unbiased random rounding as statistical offices use it (Fellegi, "Controlled random
rounding", Survey Methodology 1, 1975), with the draw replaced by HMAC-SHA-256 of the cell's name,
so that asking twice is answered alike and averaging over requests gains nothing.

Units: persons; base 5 unless told otherwise.  Guarantee: a count with remainder r becomes the next
multiple above with chance r / base over keys, else the one below; so the expectation is the count,
the error stays below the base, a multiple stays itself, and equal key, name, base and count give
the same answer for ever.  The lot does not depend on the count: more never becomes less.

Totals are rounded by a lot of their own, so rounded parts need not add up to a rounded total.  Not
guaranteed: hiding *that* a count changed (one person crosses a step with chance 1 / base), or that
one count under two names stays as vague as under one.  So it comes after a threshold, inside a
declared programme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count as counting

from pb_engine.disclosure.additive import Label
from pb_engine.disclosure.cells import Cell, Hidden, Shown
from pb_engine.disclosure.keyed import keyed_digest
from pb_engine.disclosure.refusals import DisclosureRefused

BASE = 5
_SPAN = 1 << 256


def round_count(key: bytes, label: Sequence[str], count: int, base: int = BASE) -> int:
    """Return ``count`` as a multiple of ``base``, at most ``base`` - 1 away from it.

    :param label: the name of the cell, table included.
    :raises DisclosureRefused: a negative count, a base below 2, or a key shorter than 32 bytes.
    """
    if type(count) is not int or count < 0:
        raise DisclosureRefused(f"cell {tuple(label)!r} holds {count!r}; a count is 0 or more")
    if base < 2:  # noqa: PLR2004 - every count is a multiple of 1
        raise DisclosureRefused(f"rounding to {base} changes nothing; the least base is 2")
    rest = count % base
    return count - rest + (base if _lot(key, label, base) < rest else 0)


def round_cells(
    key: bytes, table: str, cells: Mapping[Label, Cell], base: int = BASE
) -> Mapping[Label, Cell]:
    """Round every shown cell of a table on its own, totals too; hidden cells stay hidden.

    :raises DisclosureRefused: as for ``round_count``.
    """

    def rounded(label: Label, cell: Cell) -> Cell:
        if isinstance(cell, Hidden):
            return cell
        return Shown(round_count(key, (table, *label), cell.count, base))

    return {label: rounded(label, cell) for label, cell in cells.items()}


def _lot(key: bytes, label: Sequence[str], base: int) -> int:
    # 2**256 is no multiple of 5: the few numbers too many are drawn again, so that no lot gains.
    name = [str(base).encode(), *(part.encode() for part in label)]
    for attempt in counting():
        drawn = keyed_digest(key, "rounding", [str(attempt).encode(), *name])
        number = int.from_bytes(drawn, "big")
        if number < _SPAN - _SPAN % base:
            return number % base
    raise AssertionError  # pragma: no cover - counting never ends
