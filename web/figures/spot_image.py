"""A small map as one picture, to point at: areas with their names, and the point that was chosen.

A browser tells at which of its own pixels somebody pointed; so the picture has one size everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import escape

from pb_engine.services.area_shapes import Outline, Point, frame
from web.figures.area_map import Projection, draw_areas

WIDE, HIGH = 256, 400
"""Pixels at most: the width fits the smallest telephone."""
_SMALLEST, _LARGEST = 25, 34
_LETTER = 0.6
"""How wide a letter is, as a part of its height."""
_BESIDE = 10
"""A tenth of an area is shown around it."""


@dataclass(frozen=True, slots=True)
class Named:
    """An area to draw; the chosen one stands out."""

    name: str
    outline: Outline
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SpotImage:
    """A picture of ``width`` by ``height`` pixels; ``source`` is the whole of it as an address."""

    source: str
    width: int
    height: int


def onto(outlines: Sequence[Outline], nearer: Outline | None = None) -> Projection:
    """Return the projection of the picture: of all these outlines, or of the one that is nearer."""
    if nearer is None:
        return Projection.onto(frame(outlines))
    west, south, east, north = frame([nearer])
    wide, high = (east - west) // _BESIDE, (north - south) // _BESIDE
    return Projection.onto((west - wide, south - high, east + wide, north + high))


def draw_spots(areas: Sequence[Named], projection: Projection, spot: Point | None) -> SpotImage:
    """Draw the areas, and a dot at the chosen point."""
    width, height = _size(projection)
    parts = "".join(_parts(areas, projection, spot))
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {projection.width} {projection.height}" preserveAspectRatio="none">'
        f'<rect width="100%" height="100%" fill="white" stroke="darkslategray"/>{parts}</svg>'
    )
    return SpotImage(f"data:image/svg+xml,{quote(drawn, safe=_PLAIN)}", width, height)


_PLAIN = " =/:;,()-.'"


def pointed_at(projection: Projection, x: int, y: int) -> Point:
    """Return the point under a pixel of the picture."""
    width, height = _size(projection)
    # The middle of the pixel.
    return projection.at(
        (x + 0.5) * projection.width / width, (y + 0.5) * projection.height / height
    )


def _size(projection: Projection) -> tuple[int, int]:
    shrunk = min(WIDE / projection.width, HIGH / projection.height)
    return max(1, round(projection.width * shrunk)), max(1, round(projection.height * shrunk))


def _parts(areas: Sequence[Named], projection: Projection, spot: Point | None) -> Iterator[str]:
    drawing = draw_areas([one.outline for one in areas], [spot] if spot else (), projection)
    for one, place in zip(areas, drawing.areas if drawing else (), strict=True):
        fill = "lightskyblue" if one.chosen else "aliceblue"
        yield (
            f'<path d="{place.path}" fill="{fill}" fill-rule="evenodd" stroke="darkslategray" '
            'stroke-width="3" stroke-linejoin="round"/>'
        )
    for one, place in zip(areas, drawing.areas if drawing else (), strict=True):
        west, _, east, _ = frame([one.outline])
        room = (east - west) * projection.squeeze * projection.scale
        size = min(_LARGEST, int(room / _LETTER / max(len(one.name), 1)))
        if size >= _SMALLEST:
            yield (
                f'<text x="{place.x}" y="{place.y}" font-family="sans-serif" font-size="{size}" '
                f'text-anchor="middle" fill="black">{escape(one.name)}</text>'
            )
    for x, y in drawing.dots if drawing else ():
        yield (
            f'<circle cx="{x}" cy="{y}" r="13" fill="firebrick" stroke="white" stroke-width="5"/>'
        )
