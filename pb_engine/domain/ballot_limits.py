"""Limits per theme or area: which projects of a round each of them is about."""

from __future__ import annotations

from collections.abc import Iterable

from pb_engine.ballots import PaperGroup
from pb_engine.domain.pot_values import Pot
from pb_engine.domain.rounds import ChoiceLimit, Round
from pb_engine.units import AreaId, ProjectId

Placed = tuple[ProjectId, str, AreaId | None]
"""A project, its theme, and the area it is for (``None``: for the whole round)."""


def limit_name(round_: Round, limit: ChoiceLimit | Pot) -> str:
    """Return the Dutch name of a theme or an area, as it stands on the ballot paper."""
    if limit.theme is not None:
        names = {theme.id: theme.name.nl for theme in round_.submission.themes}
        return names.get(limit.theme, limit.theme)
    area = round_.areas.find(limit.area) if limit.area is not None else None
    return area.name if area else str(limit.area)


def groups_on_paper(round_: Round, placed: Iterable[Placed]) -> tuple[PaperGroup, ...]:
    """Return the limits of a round as groups of projects, in the order of the round file.

    A project counts for an area when it is for that area or for one that lies in it.  A limit
    that none of the projects can break is left out.
    """
    projects = tuple(placed)
    groups = (
        PaperGroup(
            limit_name(round_, limit),
            tuple(name for name, theme, area in projects if falls(round_, limit, theme, area)),
            limit.max_choices,
        )
        for limit in round_.ballot.limits
    )
    return tuple(group for group in groups if len(group.projects) > group.max_choices)


def falls(round_: Round, limit: ChoiceLimit | Pot, theme: str, area: AreaId | None) -> bool:
    """Tell whether a project of this theme and area falls under a limit, or in a pot."""
    if limit.area is None:
        return theme == limit.theme
    return area is not None and round_.areas.lies_in(area, [limit.area])
