"""The point on the map that an idea is meant for, chosen by its submitter."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.areas import Area
from pb_engine.domain.ideas import IdeaDraft, Mistake
from pb_engine.domain.outlines import Outline, Point, holds
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.area_shapes import drawn_in
from pb_engine.store.site import SiteWork
from pb_engine.units import AreaId, RoundId

GRAIN = 100
"""Points are kept to a ten-thousandth of a degree: about ten metres, so no door is named."""


@dataclass(frozen=True, slots=True)
class SpotMap:
    """The areas of a round in which a point can be chosen, with their outlines.

    :ivar sources: whose outlines these are.
    """

    areas: tuple[tuple[Area, Outline], ...]
    sources: tuple[str, ...]

    def area_at(self, at: Point) -> Area | None:
        """Return the area that a point lies in; ``None`` outside all of them."""
        return next((area for area, outline in self.areas if holds(outline, at)), None)

    def outline_of(self, area: str) -> Outline | None:
        """Return the outline of an area, if it is drawn."""
        return next((outline for one, outline in self.areas if one.id == area), None)


def spot_map(engine: Engine, slug: str) -> SpotMap:
    """Return the map of a round to choose a point on, in two statements; it may hold no area.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        return _map_of(work, work.rounds.get(RoundId(slug)).round)


def rounded(at: Point) -> Point:
    """Return a point as it is kept."""
    east, north = ((number + GRAIN // 2) // GRAIN * GRAIN for number in at)
    return east, north


def spot_mistakes(work: SiteWork, round_: Round, draft: IdeaDraft) -> tuple[Mistake, ...]:
    """Return what is wrong with the point of a draft: outside the round, or in another area."""
    if draft.spot is None:
        return ()
    found = _map_of(work, round_).area_at(rounded(draft.spot))
    if found is None:
        return (("spot", "spot_outside", 0),)
    return () if _agree(round_, found.id, draft.area) else (("spot", "spot_elsewhere", 0),)


def _agree(round_: Round, found: AreaId, chosen: AreaId | None) -> bool:
    # The map may draw a part of the chosen area, or a larger one around it.
    lies_in = round_.areas.lies_in
    return chosen is None or lies_in(found, [chosen]) or lies_in(chosen, [found])


def _map_of(work: SiteWork, round_: Round) -> SpotMap:
    outlines, sources = drawn_in(work, round_)
    areas = (one for one in round_.areas.areas if one.id in outlines)
    return SpotMap(tuple((area, outlines[area.id]) for area in areas), sources)
