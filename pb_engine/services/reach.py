"""Where ideas come from, while they come in: ideas per area and per thousand residents."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.areas import Area
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.area_shapes import Outline, area_map

_PER, _TENTHS = 1000, 10


@dataclass(frozen=True, slots=True)
class AreaReach:
    """An area with the ideas for it, those of the areas in it included.

    :ivar outline: ``None`` where the map does not draw it.
    :ivar tenths: ideas per thousand residents, in tenths, rounded to the nearest; ``None`` where
        the round file does not say how many residents there are.
    """

    area: Area
    outline: Outline | None
    ideas: int
    tenths: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """The areas of a round, those with the fewest ideas per resident first.

    :ivar nowhere: how many ideas are for no area in particular.
    """

    round: Round
    areas: tuple[AreaReach, ...]
    nowhere: int
    ideas: int
    sources: tuple[str, ...]


def reach(engine: Engine, slug: str) -> Reach:
    """Return how many ideas there are for each area now; taken back ones do not count.

    :raises UnknownRound: no round has this slug.
    """
    drawn = area_map(engine, slug)
    areas = [
        AreaReach(one.area, one.outline, one.ideas, per_thousand(one.ideas, one.area.residents))
        for one in drawn.areas
    ]
    areas.sort(key=lambda one: (one.tenths is None, one.tenths or 0, one.area.name))
    return Reach(drawn.round, tuple(areas), drawn.elsewhere, drawn.total, drawn.sources)


def per_thousand(ideas: int, residents: int | None) -> int | None:
    """Return tenths of an idea per thousand residents, rounded to the nearest."""
    if not residents:
        return None
    return (2 * _PER * _TENTHS * ideas + residents) // (2 * residents)
