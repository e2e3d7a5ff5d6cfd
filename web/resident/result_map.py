"""The map of a result: how many ideas got money in each area, and a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from pb_engine.services.result_map import ResultMap, result_map
from web.access import anyone
from web.base import engine
from web.figures.area_map import DrawnArea, Spot, draw_areas, letters
from web.resident.showing import show
from web.texts import money


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    app.add_url_rule("/<slug>/uitslag/kaart", "result_map", map_)


@anyone
def map_(slug: str) -> ResponseReturnValue:
    """Show the areas with the ideas that got money."""
    page = result_map(engine(), slug)
    mapped = [one for one in page.areas if one.outline]
    named = {str(one.area.id): letters(at) for at, one in enumerate(mapped) if one.area}
    drawing = draw_areas([one.outline for one in mapped if one.outline])
    return show(
        "result_map.html.j2",
        page,
        drawing=drawing,
        spots=_spots(page, drawing.areas if drawing else (), named),
        rows=_rows(page, named),
    )


def _spots(page: ResultMap, drawn: Sequence[DrawnArea], named: dict[str, str]) -> list[Spot]:
    mapped = [(one, one.area) for one in page.areas if one.outline and one.area]
    return [
        Spot(
            href=url_for("ideas", slug=page.round.slug, buurt=area.id),
            told=f"{named[area.id]}: {area.name}, {_ideas(one.funded)}, {money(one.cents)}",
            letter=named[area.id],
            ideas=one.funded,
            path=place.path,
            x=place.x,
            y=place.y,
        )
        for (one, area), place in zip(mapped, drawn, strict=True)
    ]


def _rows(page: ResultMap, named: dict[str, str]) -> list[list[str]]:
    return [
        [
            one.area.name if one.area else gettext("Niet voor één buurt"),
            named.get(one.area.id, "–") if one.area else "–",
            str(one.on_paper),
            str(one.funded),
            money(one.cents),
        ]
        for one in page.areas
    ]


def _ideas(number: int) -> str:
    return str(ngettext("%(num)s idee", "%(num)s ideeën", number))
