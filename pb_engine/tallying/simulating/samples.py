"""Invented projects, for a round that has no ideas yet."""

from __future__ import annotations

from collections.abc import Sequence

from pb_engine.tallying.election import Project
from pb_engine.tallying.simulating.draws import Draws
from pb_engine.tallying.simulating.scene import Choice, Scene
from pb_engine.units import Cents, ProjectId


def sample_scene(
    number: int,
    budget: Cents,
    costs: tuple[int, int],
    residents: Sequence[tuple[str, int]] = (),
    themes: Sequence[str] = (),
) -> Scene:
    """Return a scene with ``number`` invented projects; equal arguments give equal scenes.

    As in most rounds there are more cheap projects than dear ones: a cost is the lower of two
    draws between the least and the most, in cents, in round fifties of euros.  Areas and themes
    take turns, and one project in six is for everybody.
    """
    draws = Draws("samples", number, budget, *costs)
    areas = [area for area, _ in residents]
    choices = []
    for place in range(number):
        everybody = place % 6 == 5 or not areas  # noqa: PLR2004 - one in six
        choices.append(
            Choice(
                Project(
                    ProjectId(f"voorbeeld-{place + 1:02}"),
                    _cost(draws, *costs),
                    f"Voorbeeld {place + 1}",
                ),
                area="" if everybody else areas[place % len(areas)],
                theme=themes[place % len(themes)] if themes else "",
            )
        )
    return Scene(tuple(choices), budget, tuple(residents))


def _cost(draws: Draws, least: int, most: int) -> Cents:
    drawn = least + min(draws.below(max(0, most - least) + 1) for _ in range(2))
    fifty = 50_00
    return Cents(min(max(least, (drawn + fifty // 2) // fifty * fifty), max(least, most)))
