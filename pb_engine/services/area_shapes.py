"""Outlines of areas: taken in from a file, and counted out over the ideas of a round for a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pb_engine.domain.areas import Area
from pb_engine.domain.events import Event
from pb_engine.domain.outlines import Outline, Point, frame, label_point, points_in, simplified
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidRound
from pb_engine.services.geojson import geometry_text, read_geometry, read_outlines
from pb_engine.store.site import Shape, SiteWork
from pb_engine.units import AreaId, IdeaId, RoundId

__all__ = [
    "AreaCount",
    "AreaMap",
    "IdeaPoint",
    "Outline",
    "Point",
    "TakenIn",
    "area_map",
    "drawn_in",
    "frame",
    "import_shapes",
    "label_point",
]

TOLERANCE = 45
"""Five metres: on a map of a town as wide as a screen that is less than a dot."""

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came out of a file.

    :ivar points: how many points are kept, of how many in the file (``before``).
    :ivar rounds: per round how many of its areas now have an outline, of how many.
    """

    areas: int
    points: int
    before: int
    rounds: tuple[tuple[RoundId, int, int], ...]


@dataclass(frozen=True, slots=True)
class AreaCount:
    """An area of a round with its number of ideas, those of the areas in it included.

    :ivar outline: ``None`` where the map does not draw it: it has none, or its parts are drawn.
    """

    area: Area
    ideas: int
    outline: Outline | None


@dataclass(frozen=True, slots=True)
class IdeaPoint:
    """Where an idea is meant for; ``at`` is as in ``domain.outlines``."""

    id: IdeaId
    number: int
    title: str
    at: Point


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The areas of a round in the order of its file.

    :ivar points: the ideas that point to a place; the same counts hold for them.
    :ivar elsewhere: ideas for no area in particular.
    :ivar sources: whose outlines these are.
    """

    round: Round
    phase: Phase
    areas: tuple[AreaCount, ...]
    points: tuple[IdeaPoint, ...]
    elsewhere: int
    total: int
    sources: tuple[str, ...]


def import_shapes(engine: Engine, raw: bytes, *, code: str | None, source: str, by: str) -> TakenIn:
    """Take in the outlines of a GeoJSON file, all of them or none; they replace earlier ones.

    :param source: whose outlines these are; it stands under every map.
    :raises InvalidRound: the file is refused, or the source is empty or too long.
    """
    if not 0 < len(source.strip()) <= LONGEST_SOURCE or not source.isprintable():
        raise InvalidRound(
            f"areas: say in 1 to {LONGEST_SOURCE} characters whose outlines these are",
            problem="source",
        )
    read = read_outlines(raw, code)
    kept = {area: simplified(outline, TOLERANCE) for area, outline in read.items()}
    with engine.stores.site.write() as work:
        for area, outline in kept.items():
            work.shapes.put(Shape(area, geometry_text(outline), source.strip()))
        drawn = frozenset(work.shapes.codes())
        rounds = tuple(_covered(one.round, drawn) for one in work.rounds.all())
        event = Event("areas_drawn", None, by, {"areas": len(kept), "source": source.strip()})
        work.log.append(event, engine.clock())
        work.commit()
    return TakenIn(
        areas=len(kept),
        points=sum(map(points_in, kept.values())),
        before=sum(map(points_in, read.values())),
        rounds=rounds,
    )


def area_map(engine: Engine, slug: str) -> AreaMap:
    """Return the areas of a round with their ideas and outlines, in three statements.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        lines = work.idea_lines.listed(stored.round.slug)
        outlines, sources = drawn_in(work, stored.round)
    counts = Counter(line.area for line in lines if line.area)
    return AreaMap(
        round=stored.round,
        phase=stored.phase,
        areas=tuple(
            AreaCount(
                area,
                _total(stored.round, area.id, counts),
                outlines.get(area.id),
            )
            for area in _inside(stored.round)
        ),
        points=tuple(
            IdeaPoint(line.id, line.number, line.title, (line.longitude_e6, line.latitude_e6))
            for line in sorted(lines, key=lambda line: line.number)
            if line.longitude_e6 is not None and line.latitude_e6 is not None
        ),
        elsewhere=sum(line.area is None for line in lines),
        total=len(lines),
        sources=sources,
    )


def drawn_in(work: SiteWork, round_: Round) -> tuple[dict[AreaId, Outline], tuple[str, ...]]:
    """Return the outlines that a map of a round draws, by area, and whose they are."""
    shapes = {AreaId(one.area): one for one in work.shapes.of([one.id for one in _inside(round_)])}
    drawn = _smallest(round_, shapes)
    kept = [shape for area, shape in shapes.items() if area in drawn]
    sources = tuple(sorted({shape.source for shape in kept}))
    return {AreaId(one.area): _read(one.geometry) for one in kept}, sources


@lru_cache(maxsize=256)
def _read(geometry: str) -> Outline:
    # Outlines change once in years and are drawn at every visit.
    return read_geometry(geometry)


def _inside(round_: Round) -> list[Area]:
    return [one for one in round_.areas.areas if round_.areas.lies_in(one.id, round_.voters.areas)]


def _total(round_: Round, area: AreaId, counts: Counter[AreaId]) -> int:
    return sum(number for one, number in counts.items() if round_.areas.lies_in(one, [area]))


def _smallest(round_: Round, outlines: Iterable[AreaId]) -> frozenset[AreaId]:
    """Return the areas to draw: not those of which a part is drawn."""
    known = frozenset(outlines)
    parents = (round_.areas.find(one) for one in known)
    around = {area.parent for area in parents if area and area.parent}
    return frozenset(one for one in known if one not in around)


def _covered(round_: Round, drawn: frozenset[str]) -> tuple[RoundId, int, int]:
    inside = _inside(round_)
    return round_.slug, sum(area.id in drawn for area in inside), len(inside)
