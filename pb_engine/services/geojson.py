"""Outlines of areas from a GeoJSON file (RFC 7946), bounded, and every refusal in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from pb_engine.domain.outlines import SMALLEST_RING, Outline, Point, Polygon, Ring, points_in
from pb_engine.errors import InvalidRound

LARGEST_FILE = 20_000_000
MOST_AREAS = 2_000
MOST_POINTS = 200_000
LONGEST_RING = 20_000
LONGEST_CODE = 64
_MILLION = 1_000_000
_EAST, _NORTH = 180, 90
_RD = ("28992", "rijksdriehoek", "amersfoort")
USUAL_CODES = ("buurtcode", "wijkcode", "gemeentecode", "statcode", "code", "id")
"""Names under which Statistics Netherlands and the land registry write the code of an area."""


def read_outlines(raw: bytes, code: str | None = None) -> dict[str, Outline]:
    """Return the outline of every area of a file, by its code.

    :param code: the property that holds the code of an area; without it one of ``USUAL_CODES``.
    :raises InvalidRound: the file is too large, no GeoJSON in WGS 84, or holds anything but
        polygons with a code each.
    """
    features = _features(raw)
    name = code or _usual(features)
    found: dict[str, Outline] = {}
    points = 0
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}"
        area = _code(feature, name, where)
        if area in found:
            raise _refusal(f"{where}: the code {area[:40]!r} stands there twice", "twice")
        found[area] = _outline(feature.get("geometry"), where)
        points += points_in(found[area])
        if points > MOST_POINTS:
            raise _refusal(
                f"the outlines have more than {MOST_POINTS} points; simplify them", "points"
            )
    return found


def geometry_text(outline: Outline) -> str:
    """Write an outline as a GeoJSON geometry, six decimals."""
    polygons = ",".join(
        "[" + ",".join("[" + ",".join(map(_written, ring)) + "]" for ring in polygon) + "]"
        for polygon in outline
    )
    return f'{{"type":"MultiPolygon","coordinates":[{polygons}]}}'


def read_geometry(text: str) -> Outline:
    """Read back what ``geometry_text`` wrote."""
    return _outline(json.loads(text, parse_float=Decimal, parse_int=Decimal), "the store")


def _features(raw: bytes) -> list[Mapping[str, Any]]:
    if len(raw) > LARGEST_FILE:
        raise _refusal(f"the file is larger than {LARGEST_FILE} bytes", "too_large")
    try:
        read = json.loads(
            raw.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError, InvalidOperation):
        read = None
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise _refusal("this is no GeoJSON file with a FeatureCollection", "no_geojson")
    if any(word in json.dumps(read.get("crs"), default=str).lower() for word in _RD):
        raise _no_degrees()
    if not 0 < len(features) <= MOST_AREAS:
        raise _refusal(f"the file must hold 1 to {MOST_AREAS} areas", "areas")
    return features


def _usual(features: list[Mapping[str, Any]]) -> str:
    properties = [_properties(one) for one in features]
    for name in USUAL_CODES:
        if all(name in one for one in properties):
            return name
    there = ", ".join(sorted(str(name)[:40] for name in properties[0])[:12]) or "none"
    raise _refusal(
        f"say with --code which property holds the code of an area; there are: {there}", "code"
    )


def _code(feature: Mapping[str, Any], name: str, where: str) -> str:
    code = _properties(feature).get(name)
    if not isinstance(code, str) or not 0 < len(code.strip()) <= LONGEST_CODE:
        raise _refusal(f"{where}: the property {name[:40]!r} must hold a code as text", "code")
    if not code.isprintable():
        raise _refusal(f"{where}: the code holds a character that cannot be seen", "code")
    return code.strip()


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _outline(geometry: Any, where: str) -> Outline:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _refusal(f"{where}: must be a Polygon or MultiPolygon, not {kind!s:.40}", "kind")
    listed = geometry.get("coordinates")
    polygons = [listed] if kind == "Polygon" else listed
    outline = tuple(_each(polygons, lambda one: _polygon(one, where), where))
    if not outline:
        raise _refusal(f"{where}: there is no polygon in it", "empty")
    return outline


def _polygon(rings: Any, where: str) -> Polygon:
    found = tuple(_each(rings, lambda one: _ring(one, where), where))
    if not found:
        raise _refusal(f"{where}: a polygon without an outside", "empty")
    return found


def _ring(points: Any, where: str) -> Ring:
    ring = tuple(_each(points, lambda one: _point(one, where), where))
    if len(ring) < SMALLEST_RING or ring[0] != ring[-1]:
        raise _refusal(f"{where}: a line must have four points and end where it begins", "open")
    if len(ring) > LONGEST_RING:
        raise _refusal(f"{where}: a line of more than {LONGEST_RING} points; simplify it", "points")
    return ring


def _each(listed: Any, read: Callable[[Any], Any], where: str) -> list[Any]:
    if not isinstance(listed, list):
        raise _refusal(f"{where}: the coordinates are not lists of numbers", "coordinates")
    return [read(one) for one in listed]


def _point(pair: Any, where: str) -> Point:
    if not (
        isinstance(pair, list)
        and 2 <= len(pair) <= 3  # noqa: PLR2004 - a height may stand behind the two
        and all(isinstance(number, Decimal) and number.is_finite() for number in pair)
    ):
        raise _refusal(f"{where}: a point must be a longitude and a latitude", "coordinates")
    east, north = pair[0], pair[1]
    if not (-_EAST <= east <= _EAST and -_NORTH <= north <= _NORTH):
        raise _no_degrees()
    return round(east * _MILLION), round(north * _MILLION)


def _written(at: Point) -> str:
    return "[" + ",".join(f"{Decimal(number).scaleb(-6):f}" for number in at) + "]"


def _no_number(word: str) -> NoReturn:
    raise _refusal(f"{word} is no number", "number")


def _no_degrees() -> InvalidRound:
    return _refusal(
        "these are no degrees but metres of the Rijksdriehoek (EPSG:28992) or such; write the file "
        "in WGS 84 (EPSG:4326)",
        "projection",
    )


def _refusal(sentence: str, problem: str) -> InvalidRound:
    return InvalidRound(f"areas: {sentence}", problem=problem)
