"""Which projects of a round lie where, for figures about areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pb_engine.api.counting import Place
from pb_engine.domain.areas import Area
from pb_engine.domain.ideas import Idea
from pb_engine.domain.rounds import Round
from pb_engine.tallying import Project
from pb_engine.units import AreaId


def places_of(
    round_: Round, projects: Sequence[Project], ideas: Mapping[str, Idea]
) -> tuple[Place, ...]:
    """Return the areas of a round with their projects; nothing when there are fewer than two.

    They are the areas whose residents the round names; where it names none, the areas that ideas
    name.  A project for the whole round lies in no place.
    """
    home = {p.id: ideas[p.id].area for p in projects if p.id in ideas and ideas[p.id].area}
    places = tuple(
        Place(
            name=area.name,
            projects=frozenset(p for p, at in home.items() if _lies_in(round_, at, area)),
            residents=area.residents,
        )
        for area in _areas(round_, frozenset(filter(None, home.values())))
    )
    return places if len(places) > 1 and any(place.projects for place in places) else ()


def _areas(round_: Round, named: frozenset[AreaId]) -> Iterator[Area]:
    counted = [area.id for area in round_.areas.areas if area.residents is not None]
    for area in round_.areas.areas:
        # Whoever lives in a part of a counted area would be counted twice.
        inside = area.parent is not None and round_.areas.lies_in(area.parent, counted)
        if (area.id in counted and not inside) if counted else area.id in named:
            yield area


def _lies_in(round_: Round, at: AreaId | None, area: Area) -> bool:
    return at is not None and round_.areas.lies_in(at, (area.id,))
