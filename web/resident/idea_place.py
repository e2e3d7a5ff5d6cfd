"""Where an idea is meant for: pointing at a map that the server drew, without a script.

The browser sends the pixel.  Whoever cannot point has the list of areas, which says the same but
for the dot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from pb_engine.errors import InvalidIdea
from pb_engine.services import throttles
from pb_engine.services.address_search import area_around, find_address
from pb_engine.services.area_shapes import Point
from pb_engine.services.idea_spots import SpotMap, rounded, spot_map
from web.base import engine
from web.error_texts import FIELD_MISTAKES
from web.errors import field_mistakes, filled
from web.figures.area_map import Projection
from web.figures.spot_image import Named, SpotImage, draw_spots, onto, pointed_at
from web.forms.ideas import read_spot, written_spot
from web.forms.numbers import whole_of
from web.network import network

SEARCH = "address"
ENTER = ("", "enter")
"""What the key Enter sends: the first button of the form, which the languages may hold."""
ADDRESS = ("postcode", "number")
MOST_AN_HOUR = 60
"""Addresses that one network may look up: another server answers every one of them."""
WHOLE = "heel"
MAP = "kaart"
_FARTHEST = 10_000
_HOUR = 3600
_THERE = "#veld-spot"


@dataclass(frozen=True, slots=True)
class SpotChoice:
    """What the page shows of the map.

    :ivar view: the area that the picture shows; empty for all of them.
    :ivar chosen: the name of the area that the dot lies in; empty without a dot.
    """

    image: SpotImage
    view: str
    chosen: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button of a step asks for: fields to keep, or a sentence per field.

    :ivar to: what to add to the address of the step.
    :ivar typed: what is shown again with a sentence, and never kept.
    """

    more: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def spot_choice(slug: str, typed: Mapping[str, str]) -> SpotChoice | None:
    """Return the map to choose a point on; ``None`` if this round has no outlines."""
    map_ = spot_map(engine(), slug)
    if not map_.areas:
        return None
    spot = read_spot(typed.get("spot", ""))
    found = map_.area_at(spot) if spot else None
    view = str(found.id) if found and request.args.get(MAP) != WHOLE else ""
    named = [Named(area.name, outline, area == found) for area, outline in map_.areas]
    image = draw_spots(named, _projection(map_, view), spot if found else None)
    return SpotChoice(image, view, found.name if found else "", map_.sources)


def asked_of_place(slug: str, wish: str) -> Asked | None:
    """Return what this request asks of the map; ``None`` if it asks nothing of it."""
    if wish == "spot-whole":
        return Asked(to=f"?{MAP}={WHOLE}{_THERE}")
    if wish == "spot-off":
        return Asked({"spot": "", "spot_ok": ""}, to=_THERE)
    if "point.x" in request.form:
        return _pointed(slug)
    if engine().settings.address_search and wish in {SEARCH, *ENTER}:
        typed = {name: request.form.get(name, "").strip() for name in ADDRESS}
        if wish == SEARCH or any(typed.values()):
            return _looked_up(slug, typed)
    return None


def _looked_up(slug: str, typed: Mapping[str, str]) -> Asked:
    came_from = network()
    key = f"addresses looked up by {came_from}"
    if came_from and throttles.hit(engine(), key, _HOUR) > MOST_AN_HOUR:
        return _refused("address_often", "postcode", typed)
    try:
        found = find_address(engine(), typed["postcode"], typed["number"])
    except InvalidIdea as problem:
        return Asked(mistakes=field_mistakes(problem), typed=typed)
    map_ = spot_map(engine(), slug)
    chosen = at_point(map_, found.at)
    if not chosen.mistakes:
        return chosen
    area = None if map_.areas else area_around(engine(), slug, found)
    if area is None:
        return _refused("address_outside", "postcode", typed)
    return Asked({"area": area, "spot": "", "spot_ok": ""}, to="#veld-area")


def _pointed(slug: str) -> Asked:
    x, y = (whole_of(request.form.get(f"point.{axis}", "")) or 0 for axis in "xy")
    if not (x or y):
        # This is what browsers send for a press that was no pointing.
        return _refused("spot_keyboard")
    map_ = spot_map(engine(), slug)
    if not map_.areas or max(x, y) > _FARTHEST:
        return _refused("spot_outside")
    return at_point(map_, pointed_at(_projection(map_, request.form.get("view", "")), x, y))


def at_point(map_: SpotMap, at: Point) -> Asked:
    """Choose a point and the area around it; only a tick puts the point on the website."""
    spot = rounded(at)
    area = map_.area_at(spot)
    if area is None:
        return _refused("spot_outside")
    return Asked({"area": str(area.id), "spot": written_spot(spot), "spot_ok": ""}, to=_THERE)


def _projection(map_: SpotMap, view: str) -> Projection:
    return onto([outline for _, outline in map_.areas], map_.outline_of(view))


def _refused(kind: str, name: str = "spot", typed: Mapping[str, str] | None = None) -> Asked:
    return Asked(mistakes={name: filled(FIELD_MISTAKES[kind], {})}, typed=typed or {})
