"""Outlines of areas: polygons in millionths of a degree, made simpler, with a place for a label.

Whole numbers only, so that every machine draws the same map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Point = tuple[int, int]
"""Longitude and latitude (WGS 84) in millionths of a degree."""

Ring = tuple[Point, ...]
"""A closed line: the last point is the first one."""

Polygon = tuple[Ring, ...]
"""The outside, and then the holes in it."""

Outline = tuple[Polygon, ...]
"""One area, which may lie in parts."""

SMALLEST_RING = 4
# In the Netherlands a degree to the east is about five eighths of a degree to the north.
_EAST, _NORTH = 5, 8
_HEIGHTS = 12


def simplified(outline: Outline, tolerance: int) -> Outline:
    """Return an outline without the points that lie within a tolerance of the rest.

    This is Douglas-Peucker.  A hole that becomes nothing is left out; an outside never is.

    :param tolerance: in millionths of a degree of latitude (9 is a metre).
    """
    return tuple(tuple(_rings(polygon, tolerance)) for polygon in outline)


def points_in(outline: Outline) -> int:
    """Return how many points an outline has."""
    return sum(len(ring) for polygon in outline for ring in polygon)


def frame(outlines: Iterable[Outline]) -> tuple[int, int, int, int]:
    """Return west, south, east and north of outlines; there is at least one.

    :raises ValueError: there is none.
    """
    points = [at for outline in outlines for polygon in outline for at in polygon[0]]
    east, north = zip(*points, strict=True)
    return min(east), min(north), max(east), max(north)


def holds(outline: Outline, at: Point) -> bool:
    """Tell whether a point lies in an outline: within a part, and not in a hole of it."""
    across, height = at
    crossed = sum(
        # To the east of the point, without dividing: whole numbers keep it exact.
        ((across - x1) * (y2 - y1) < (height - y1) * (x2 - x1)) == (y2 > y1)
        for polygon in outline
        for ring in polygon
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 <= height) != (y2 <= height)
    )
    return crossed % 2 == 1


def label_point(outline: Outline) -> Point:
    """Return a point well inside the largest part of an outline."""
    polygon = max(outline, key=lambda one: abs(_twice_the_size(one[0])))
    _, south, _, north = frame([(polygon,)])
    # Wide, and not near the upper or the lower edge.
    spans = [
        ((east - west) * min(step, _HEIGHTS - step), west + (east - west) // 2, height)
        for step in range(1, _HEIGHTS)
        for height in [south + (north - south) * step // _HEIGHTS]
        for west, east in _spans(polygon, height)
    ]
    if not spans:  # flatter than a millionth of a degree
        return polygon[0][0]
    _, middle, height = max(spans)
    return middle, height


def _rings(polygon: Polygon, tolerance: int) -> Iterator[Ring]:
    for place, ring in enumerate(polygon):
        fewer = _simpler(ring, tolerance)
        if len(fewer) >= SMALLEST_RING:
            yield fewer
        elif place == 0:
            yield ring


def _simpler(ring: Ring, tolerance: int) -> Ring:
    # A ring begins and ends in one point, which says nothing: its farthest point cuts it in two.
    far = max(range(len(ring)), key=lambda place: _distance(ring[0], ring[place]))
    kept = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        place, off = _farthest(ring, first, last)
        if off > tolerance * tolerance * _NORTH * _NORTH:
            kept.add(place)
            waiting += [(first, place), (place, last)]
    return tuple(ring[place] for place in sorted(kept))


def _farthest(ring: Ring, first: int, last: int) -> tuple[int, int]:
    """Return the point that lies farthest from a line, and the square of how far."""
    farthest, most = first, 0
    for place in range(first + 1, last):
        off = _off(ring[place], ring[first], ring[last])
        if off > most:
            farthest, most = place, off
    return farthest, most


def _off(at: Point, start: Point, end: Point) -> int:
    along_x, along_y = (end[0] - start[0]) * _EAST, (end[1] - start[1]) * _NORTH
    length = along_x * along_x + along_y * along_y
    if not length:
        return _distance(at, start)
    x, y = (at[0] - start[0]) * _EAST, (at[1] - start[1]) * _NORTH
    passed = x * along_x + y * along_y
    if passed <= 0:
        return _distance(at, start)
    if passed >= length:
        return _distance(at, end)
    across = x * along_y - y * along_x
    return across * across // length


def _distance(one: Point, other: Point) -> int:
    x, y = (one[0] - other[0]) * _EAST, (one[1] - other[1]) * _NORTH
    return x * x + y * y


def _twice_the_size(ring: Ring) -> int:
    pairs = pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def _spans(polygon: Polygon, height: int) -> Sequence[tuple[int, int]]:
    """Return where a line from west to east runs inside a polygon."""
    crossings = sorted(
        x1 + (height - y1) * (x2 - x1) // (y2 - y1)
        for ring in polygon
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 <= height) != (y2 <= height)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))
