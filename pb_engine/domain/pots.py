"""Money per theme or per area: which projects share each pot, as a voting method takes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from pb_engine.domain.ballot_limits import Placed, falls, limit_name
from pb_engine.domain.rounds import Round
from pb_engine.units import Cents


def pot_problems(round_: Round) -> Iterator[str]:
    """Yield a sentence for everything that keeps the pots of a round from being counted."""
    pots = round_.pots.parts if round_.pots else ()
    themes = {theme.id for theme in round_.submission.themes}
    for one in pots:
        if one.theme is not None and one.theme not in themes:
            yield f"parts: {one.theme!r} is not in submission.themes"
        if one.area is not None and round_.areas.find(one.area) is None:
            yield f"parts: {one.area!r} is not in areas.tree"
    if sum(one.amount_cents for one in pots) > round_.fund.budget_cents:
        yield "parts: hold more than fund.budget_cents together"
    if len({one.theme is None for one in pots}) > 1:
        yield "parts: all are for a theme, or all are for an area: an idea is in one pot"
    names = [limit_name(round_, one) for one in pots]
    if len(set(names)) != len(names):
        yield "parts: two pots bear one name"
    areas = [pot.area for pot in pots if pot.area is not None]
    for here, there in combinations(areas, 2):
        if round_.areas.lies_in(here, [there]) or round_.areas.lies_in(there, [here]):
            yield f"parts: {here!r} and {there!r} lie in each other: an idea is in one pot"


def with_pots(round_: Round, placed: Iterable[Placed]) -> Round:
    """Return a round whose voting method knows which of these projects share which pot.

    A round without pots stays as it is.
    """
    if round_.pots is None:
        return round_
    projects = tuple(placed)
    made = [
        {
            "name": limit_name(round_, pot),
            "projects": [
                str(one) for one, theme, area in projects if falls(round_, pot, theme, area)
            ],
            "amount": int(pot.amount_cents),
        }
        for pot in round_.pots.parts
    ]
    more: Mapping[str, Any] = {"pots": made, "leftover": round_.pots.leftover}
    method = round_.voting_method
    settled = dataclasses.replace(method, settings={**method.settings, **more})
    return dataclasses.replace(round_, voting_method=settled)


def has_potted(round_: Round, placed: Iterable[Placed]) -> bool:
    """Tell whether one of these projects falls in a pot of the round."""
    pots = round_.pots.parts if round_.pots else ()
    return any(falls(round_, pot, theme, area) for _, theme, area in placed for pot in pots)


def pots_of_other_money(round_: Round, budget: int) -> Round:
    """Return the round with pots that are as large a part of ``budget`` as they are of its own.

    Cents are cut off, so that the pots never hold more than ``budget``.
    """
    own = round_.fund.budget_cents
    if round_.pots is None or not own:
        return round_
    parts = tuple(
        dataclasses.replace(pot, amount_cents=Cents(pot.amount_cents * budget // own))
        for pot in round_.pots.parts
    )
    return dataclasses.replace(round_, pots=dataclasses.replace(round_.pots, parts=parts))
