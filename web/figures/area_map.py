"""A map of areas as a drawing: paths in whole numbers, and letters to find them by."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pb_engine.services.area_shapes import Outline, frame, label_point

WIDTH = 600
TALLEST = 800
MARGIN = 8
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area on the map: ``path`` is SVG path data; ``x`` and ``y`` are where its label stands."""

    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map of ``width`` by ``height``, with its areas in the order they were given."""

    width: int
    height: int
    areas: tuple[DrawnArea, ...]


def draw_areas(outlines: Sequence[Outline]) -> Drawing | None:
    """Draw outlines as they lie, north up; nothing to draw is ``None``."""
    if not outlines:
        return None
    west, south, east, north = frame(outlines)
    # A degree to the east is shorter than one to the north, the more so the farther north.
    squeeze = math.cos(math.radians((south + north) / 2 / _MILLION))
    across, down = max((east - west) * squeeze, 1), max(north - south, 1)
    scale = min((WIDTH - 2 * MARGIN) / across, (TALLEST - 2 * MARGIN) / down)

    def placed(at: tuple[int, int]) -> tuple[int, int]:
        x = round((at[0] - west) * squeeze * scale) + MARGIN
        return x, round((north - at[1]) * scale) + MARGIN

    return Drawing(
        width=round(across * scale) + 2 * MARGIN,
        height=round(down * scale) + 2 * MARGIN,
        areas=tuple(
            DrawnArea(_path(outline, placed), *placed(label_point(outline))) for outline in outlines
        ),
    )


def letters(number: int) -> str:
    """Return the letters of an area: A to Z, then AA, AB and so on, for 0, 1, 2 ..."""
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _path(outline: Outline, placed: Callable[[tuple[int, int]], tuple[int, int]]) -> str:
    return "".join(
        "M" + "L".join(f"{x} {y}" for x, y in map(placed, ring[:-1])) + "Z"
        for polygon in outline
        for ring in polygon
    )
