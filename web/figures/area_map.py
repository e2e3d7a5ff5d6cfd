"""A map of areas as a drawing: paths in whole numbers, and letters to find them by."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pb_engine.services.area_shapes import Outline, Point, frame, label_point

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
    """A map of ``width`` by ``height``, with its areas in the order they were given.

    :ivar dots: the places of ideas, as far as they lie within the map.
    """

    width: int
    height: int
    areas: tuple[DrawnArea, ...]
    dots: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """An area on the drawing: a link with a letter and a number."""

    href: str
    told: str
    letter: str
    ideas: int
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Projection:
    """Where points of the earth lie on a drawing of ``width`` by ``height``, and back.

    :ivar frame: west, south, east and north.
    """

    frame: tuple[int, int, int, int]
    width: int
    height: int
    squeeze: float
    scale: float

    @classmethod
    def onto(cls, shown: tuple[int, int, int, int]) -> Projection:
        """Return the projection in which this part of the earth fills the drawing."""
        west, south, east, north = shown
        # A degree to the east is shorter than one to the north, the more so the farther north.
        squeeze = math.cos(math.radians((south + north) / 2 / _MILLION))
        across, down = max((east - west) * squeeze, 1), max(north - south, 1)
        scale = min((WIDTH - 2 * MARGIN) / across, (TALLEST - 2 * MARGIN) / down)
        width, height = round(across * scale) + 2 * MARGIN, round(down * scale) + 2 * MARGIN
        return cls(shown, width, height, squeeze, scale)

    def placed(self, at: Point) -> Point:
        """Return where a point lies on the drawing."""
        west, _, _, north = self.frame
        x = round((at[0] - west) * self.squeeze * self.scale) + MARGIN
        return x, round((north - at[1]) * self.scale) + MARGIN

    def at(self, x: float, y: float) -> Point:
        """Return the point that lies at a place on the drawing."""
        west, _, _, north = self.frame
        east = west + (x - MARGIN) / self.scale / self.squeeze
        return round(east), round(north - (y - MARGIN) / self.scale)


def draw_areas(
    outlines: Sequence[Outline],
    points: Iterable[Point] = (),
    onto: Projection | None = None,
) -> Drawing | None:
    """Draw outlines as they lie, north up; nothing to draw is ``None``.

    :param onto: draws a part of them, or more than them.
    """
    if not outlines:
        return None
    onto = onto or Projection.onto(frame(outlines))
    placed, (west, south, east, north) = onto.placed, onto.frame
    return Drawing(
        width=onto.width,
        height=onto.height,
        areas=tuple(
            DrawnArea(_path(outline, placed), *placed(label_point(outline))) for outline in outlines
        ),
        dots=tuple(placed((x, y)) for x, y in points if west <= x <= east and south <= y <= north),
    )


def letters(number: int) -> str:
    """Return the letters of an area: A to Z, then AA, AB and so on, for 0, 1, 2 ..."""
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _path(outline: Outline, placed: Callable[[Point], Point]) -> str:
    return "".join(
        "M" + "L".join(f"{x} {y}" for x, y in map(placed, ring[:-1])) + "Z"
        for polygon in outline
        for ring in polygon
    )
