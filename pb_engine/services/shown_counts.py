"""Counts per area that may be published: what would point at few people is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pb_engine.disclosure import TOTAL, DisclosureRefused, Hidden, suppress, two_way


def shown_counts(
    counts: Mapping[tuple[str, str], int], areas: Iterable[str]
) -> dict[str, dict[str, int | None]]:
    """Return counts per area and kind; small ones, and those that would give one away, as ``None``.

    Nothing is returned where the totals alone would give small counts away.
    """
    names = sorted({name for _, name in counts})
    public = {(TOTAL, TOTAL), *((TOTAL, name) for name in names)}
    try:
        cells = suppress(two_way(counts), public=public)
    except DisclosureRefused:
        return {}
    return {
        area: {
            name: None if isinstance(cell := cells[area, name], Hidden) else cell.count
            for name in names
        }
        for area in areas
    }


def shown_totals(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return one count per area, the small ones as ``None``; nothing where there is one area."""
    if len(counts) < 2:  # noqa: PLR2004 - one area is the total
        return {}
    areas = sorted(counts)
    shown = shown_counts({(area, "all"): counts[area] for area in areas}, areas)
    return {area: cells["all"] for area, cells in shown.items()}
