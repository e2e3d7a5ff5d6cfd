"""The outlines of areas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select

from pb_engine.store.site.front_tables import SHAPES
from pb_engine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of an area as a GeoJSON geometry (WGS 84), and whose outline it is."""

    area: str
    geometry: str
    source: str


class Shapes:
    """Outlines by the code of their area; rounds with the same code share them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, shape: Shape) -> None:
        """Keep an outline, instead of the one this area had."""
        row = {"area": shape.area, "geometry": shape.geometry, "source": shape.source}
        self._unit.put(SHAPES, row)

    def of(self, areas: Collection[str]) -> tuple[Shape, ...]:
        """Return the outlines of these areas, as far as there are any, by area."""
        query = select(SHAPES).where(SHAPES.c.area.in_(areas))
        found = (Shape(row.area, row.geometry, row.source) for row in self._unit.rows(query))
        return tuple(sorted(found, key=lambda shape: shape.area))

    def remove(self, areas: Collection[str]) -> int:
        """Remove the outlines of these areas; return how many there were."""
        return self._unit.change(delete(SHAPES).where(SHAPES.c.area.in_(areas)))

    def codes(self) -> tuple[str, ...]:
        """Return the areas that have an outline."""
        return tuple(sorted(row.area for row in self._unit.rows(select(SHAPES.c.area))))
