"""What a simulation starts from: a round with its ideas or invented ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.domain.areas import AddressRange, Parity
from pb_engine.domain.ballot_limits import Placed
from pb_engine.domain.ideas import Idea
from pb_engine.domain.rounds import Round
from pb_engine.services.opening import project_of
from pb_engine.services.papers import make_paper
from pb_engine.tallying.simulating import Choice, Limits, Scene, paper_for, sample_scene
from pb_engine.tallying.simulating.papers import HIGHEST_GRADE, POINTS
from pb_engine.units import AreaId

SAMPLE_PROJECTS = 15


def scene_of_ideas(round_: Round, ideas: Iterable[Idea]) -> Scene:
    """Return the scene of a round with these ideas on its ballot paper."""
    choices = tuple(
        Choice(project_of(idea), _voting_area(round_, idea.area), idea.theme) for idea in ideas
    )
    return Scene(choices, round_.fund.budget_cents, residents_of(round_))


def scene_without_ideas(round_: Round, number: int = SAMPLE_PROJECTS) -> Scene:
    """Return the scene of a round with invented ideas, within its limits of cost."""
    least, most = round_.submission.min_cost_cents, round_.submission.max_cost_cents
    themes = [theme.id for theme in round_.submission.themes]
    return sample_scene(
        number, round_.fund.budget_cents, (least, most), residents_of(round_), themes
    )


def residents_of(round_: Round) -> tuple[tuple[str, int], ...]:
    """Return the areas of the voters with how many house numbers the round file lists in each.

    Where it lists none, all areas count alike.
    """
    houses = {str(area): 0 for area in round_.voters.areas}
    for part in round_.areas.addresses:
        area = _voting_area(round_, part.area)
        if area:
            houses[area] += _houses(part)
    if not any(houses.values()):
        return tuple((area, 1) for area in houses)
    return tuple((area, number) for area, number in houses.items() if number)


def _houses(part: AddressRange) -> int:
    if part.parity is Parity.ALL:
        return part.last - part.first + 1
    odd = (part.last + 1) // 2 - part.first // 2
    return odd if part.parity is Parity.ODD else part.last - part.first + 1 - odd


def _voting_area(round_: Round, area: AreaId | None) -> str:
    """Return the voters' area in which an area lies; nothing when it is for everybody."""
    if area is None:
        return ""
    inside = (one for one in round_.voters.areas if round_.areas.lies_in(area, [one]))
    return str(next(inside, ""))


def places_in(scene: Scene) -> tuple[Placed, ...]:
    """Return theme and area of the projects of a scene."""
    return tuple(
        (one.project.id, one.theme, AreaId(one.area) if one.area else None) for one in scene.choices
    )


def paper_of_round(round_: Round, scene: Scene, ballot_format: BallotFormat) -> BallotPaper:
    """Return the paper of a round, or what it would be in another format."""
    rules = round_.ballot
    if ballot_format is rules.format:
        made = make_paper(round_, scene.projects, places_in(scene))
        fallback = {BallotFormat.POINTS: POINTS, BallotFormat.SCORE: HIGHEST_GRADE}
        return replace(made, max_points=made.max_points or fallback.get(rules.format))
    spend = rules.spend_limit_cents
    limits = Limits(rules.min_choices, rules.max_choices, spend)
    return paper_for(ballot_format, scene.projects, scene.budget, limits)
