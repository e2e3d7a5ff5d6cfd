"""While ideas come in: from which neighbourhoods, on a map and in the table beside it."""

from __future__ import annotations

from flask import Flask, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]

from pb_engine.services.reach import AreaReach, Reach, reach
from web.access import role
from web.base import engine
from web.desk.showing import show
from web.figures.area_map import Drawing, Spot, draw_areas, letters
from web.texts import number


def add(app: Flask) -> None:
    """Register this page."""
    app.add_url_rule("/<slug>/ideeen/per-buurt", "reach", page_)


@role("participation_team", "commission_member")
def page_(slug: str) -> ResponseReturnValue:
    """Show the areas with their ideas, those with the fewest per resident first."""
    page = reach(engine(), slug)
    mapped = [one for one in page.areas if one.outline]
    named = {str(one.area.id): letters(at) for at, one in enumerate(mapped)}
    drawing = draw_areas([one.outline for one in mapped if one.outline])
    return show(
        "reach.html.j2",
        round=page.round,
        page=page,
        drawing=drawing,
        spots=_spots(page, drawing, named) if drawing else [],
        rows=[_row(one, named if drawing else None) for one in page.areas],
    )


def _spots(page: Reach, drawing: Drawing, named: dict[str, str]) -> list[Spot]:
    mapped = [one for one in page.areas if one.outline]
    return [
        Spot(
            href=url_for("ideas", slug=page.round.slug, buurt=one.area.id),
            told=f"{named[one.area.id]}: {one.area.name}, {_ideas(one.ideas)}, {_rate(one)}",
            letter=named[one.area.id],
            ideas=one.ideas,
            path=place.path,
            x=place.x,
            y=place.y,
        )
        for one, place in zip(mapped, drawing.areas, strict=True)
    ]


def _row(one: AreaReach, named: dict[str, str] | None) -> list[str]:
    """Return what stands in the table; without a map no area has a letter on it."""
    letter = [] if named is None else [named.get(one.area.id, "–")]
    return [
        one.area.name,
        *letter,
        number(one.area.residents) if one.area.residents else "–",
        str(one.ideas),
        _rate(one),
    ]


def _rate(one: AreaReach) -> str:
    if one.tenths is None:
        return "–"
    whole, tenth = divmod(one.tenths, 10)
    return str(gettext("%(whole)s,%(tenth)s", whole=whole, tenth=tenth))


def _ideas(count: int) -> str:
    return str(ngettext("%(num)s idee", "%(num)s ideeën", count))
