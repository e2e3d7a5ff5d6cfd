"""The map of a round: how many ideas there are in each area, and a table that says the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from flask import Flask, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup

from pb_engine.services.area_shapes import AreaMap, Point, area_map
from web.access import anyone
from web.base import engine
from web.figures.area_map import DrawnArea, Spot, draw_areas, letters
from web.resident.showing import show
from web.security import policy_with_tiles


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    app.add_url_rule("/<slug>/ideeen/kaart", "idea_map", map_)


@anyone
def map_(slug: str) -> ResponseReturnValue:
    """Show the areas with their number of ideas."""
    page = area_map(engine(), slug)
    named = _letters(page)
    outlines = [one.outline for one in page.areas if one.outline]
    drawing = draw_areas(outlines, [point.at for point in page.points])
    settings = engine().settings
    streets = bool(settings.map_tiles and drawing)
    shown = show(
        "idea_map.html.j2",
        page,
        drawing=drawing,
        spots=_spots(page, drawing.areas if drawing else (), named),
        rows=_rows(page, named),
        tiles=settings.map_tiles if streets else None,
        credit=settings.map_credit,
        streets=_for_streets(page) if streets else "",
    )
    if streets:
        shown.headers["Content-Security-Policy"] = policy_with_tiles(settings)
    return shown


def _for_streets(page: AreaMap) -> str:
    """Return what the script of the map with streets draws, as JSON."""
    areas = [
        {
            "told": f"{one.area.name}: {_ideas(one.ideas)}",
            "href": _list_of(page, one.area.id),
            "parts": [[_turned(ring) for ring in polygon] for polygon in one.outline],
        }
        for one in page.areas
        if one.outline
    ]
    ideas = [
        {
            "told": f"{point.number}. {point.title}",
            "href": url_for("idea", slug=page.round.slug, idea_id=point.id),
            "at": _turned([point.at])[0],
        }
        for point in page.points
    ]
    return json.dumps({"areas": areas, "ideas": ideas}, separators=(",", ":"))


def _turned(points: Iterable[Point]) -> list[list[float]]:
    """Return latitude and longitude in degrees, as maps with tiles want them."""
    return [[north / 1_000_000, east / 1_000_000] for east, north in points]


def _letters(page: AreaMap) -> dict[str, str]:
    drawn = [one.area.id for one in page.areas if one.outline]
    return {area: letters(number) for number, area in enumerate(drawn)}


def _spots(page: AreaMap, drawn: Sequence[DrawnArea], named: dict[str, str]) -> list[Spot]:
    mapped = [one for one in page.areas if one.outline]
    return [
        Spot(
            href=_list_of(page, one.area.id),
            told=f"{named[one.area.id]}: {one.area.name}, {_ideas(one.ideas)}",
            letter=named[one.area.id],
            ideas=one.ideas,
            path=place.path,
            x=place.x,
            y=place.y,
        )
        for one, place in zip(mapped, drawn, strict=True)
    ]


def _rows(page: AreaMap, named: dict[str, str]) -> list[list[str | Markup]]:
    link = Markup('<a href="{}">{}</a>')
    rows: list[list[str | Markup]] = [
        [
            link.format(_list_of(page, one.area.id), one.area.name),
            named.get(one.area.id, "–"),
            str(one.ideas),
        ]
        for one in page.areas
    ]
    return [*rows, [gettext("Niet voor één buurt"), "–", str(page.elsewhere)]]


def _list_of(page: AreaMap, area: str) -> str:
    return url_for("ideas", slug=page.round.slug, buurt=area)


def _ideas(number: int) -> str:
    return str(ngettext("%(num)s idee", "%(num)s ideeën", number))
