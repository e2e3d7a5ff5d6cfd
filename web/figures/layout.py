"""Where the ribbons of a flow run: whole coordinates, worked out from whole amounts.

Boxes stand in two columns, one below the other, each under a lane for its name.  A box is as high
as its part of all money; the ribbons that leave it fill it without a gap and without overlap, and
so do those that reach it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise


@dataclass(frozen=True, slots=True)
class Box:
    """An end of the flow: ``label`` is where the lane for its name begins."""

    label: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What runs from a box on the left to a box on the right, with its edges on both sides."""

    source: int
    target: int
    left_top: int
    left_bottom: int
    right_top: int
    right_bottom: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing of ``height``; boxes and ribbons in the order of what they stand for."""

    height: int
    sources: tuple[Box, ...]
    targets: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]


def lay_out(streams: Sequence[tuple[int, int, int]], *, ink: int, lane: int) -> Layout:
    """Lay out streams of (source, target, amount); sources and targets count from 0.

    :param ink: the height of all boxes of a column together.
    :param lane: the room above each box for its name.
    """
    sources = _column([(source, amount) for source, _, amount in streams], ink, lane)
    targets = _column([(target, amount) for _, target, amount in streams], ink, lane)
    left = _edges([(source, amount) for source, _, amount in streams], sources)
    right = _edges([(target, amount) for _, target, amount in streams], targets)
    ends = [box.top + box.height for box in (*sources, *targets)]
    return Layout(
        height=max(ends, default=0),
        sources=sources,
        targets=targets,
        ribbons=tuple(
            Ribbon(source, target, *left[at], *right[at])
            for at, (source, target, _) in enumerate(streams)
        ),
    )


def _column(shares: Sequence[tuple[int, int]], ink: int, lane: int) -> tuple[Box, ...]:
    sums = [0] * (1 + max((box for box, _ in shares), default=-1))
    for box, amount in shares:
        sums[box] += amount
    lines = _lines(sums, ink)
    return tuple(
        Box(label=top + lane * at, top=top + lane * (at + 1), height=bottom - top)
        for at, (top, bottom) in enumerate(pairwise(lines))
    )


def _edges(shares: Sequence[tuple[int, int]], boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Return the edges of every stream within its box, one under the other."""
    found: list[tuple[int, int]] = [(0, 0)] * len(shares)
    for number, box in enumerate(boxes):
        inside = [at for at, (owner, _) in enumerate(shares) if owner == number]
        lines = _lines([shares[at][1] for at in inside], box.height)
        for at, (top, bottom) in zip(inside, pairwise(lines), strict=True):
            found[at] = box.top + top, box.top + bottom
    return found


def _lines(amounts: Sequence[int], height: int) -> list[int]:
    """Divide a height by amounts; rounding sums instead of parts leaves no gap and no overlap."""
    whole = sum(amounts) or 1
    return [0, *((2 * part * height + whole) // (2 * whole) for part in accumulate(amounts))]
