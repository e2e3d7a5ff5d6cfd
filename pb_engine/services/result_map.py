"""Where the money goes: funded ideas per area, for a map and for the table beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pb_engine.domain.areas import Area
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.area_shapes import Outline, area_map
from pb_engine.services.results import ResultRow, results_page
from pb_engine.units import AreaId, RoundId

_Placed = tuple[ResultRow, AreaId | None]


@dataclass(frozen=True, slots=True)
class AreaMoney:
    """An area with what its ideas got, those of the areas in it included.

    :ivar area: ``None`` stands for ideas for no area in particular.
    :ivar outline: ``None`` where the map does not draw it.
    :ivar on_paper: how many of its ideas stood on the ballot paper.
    """

    area: Area | None
    outline: Outline | None
    on_paper: int
    funded: int
    cents: int


@dataclass(frozen=True, slots=True)
class ResultMap:
    """The areas of a round in the order of its file, and last the ideas for no area."""

    round: Round
    areas: tuple[AreaMoney, ...]
    cents: int
    sources: tuple[str, ...]


def result_map(engine: Engine, slug: str) -> ResultMap:
    """Return what the ideas of each area got.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    """
    page, drawn = results_page(engine, slug), area_map(engine, slug)
    with engine.stores.site.read() as work:
        homes = {str(idea.id): idea.area for idea in work.ideas.all(RoundId(slug))}
    placed = [(row, homes.get(row.project_id)) for row in page.rows]

    def lies_in(home: AreaId | None, area: AreaId) -> bool:
        return home is not None and page.round.areas.lies_in(home, [area])

    areas = [
        _money(one.area, one.outline, [pair for pair in placed if lies_in(pair[1], one.area.id)])
        for one in drawn.areas
    ]
    nowhere = _money(None, None, (pair for pair in placed if pair[1] is None))
    return ResultMap(page.round, (*areas, nowhere), page.spent_cents, drawn.sources)


def _money(area: Area | None, outline: Outline | None, placed: Iterable[_Placed]) -> AreaMoney:
    rows = [row for row, _ in placed]
    funded = [row for row in rows if row.funded]
    return AreaMoney(area, outline, len(rows), len(funded), sum(row.cost_cents for row in funded))
