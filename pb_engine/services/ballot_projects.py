"""The projects on a ballot paper, with what a voter wants to read about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pb_engine.ballots import BallotPaper
from pb_engine.domain.fair_order import fair_key
from pb_engine.domain.ideas import Idea
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.tallying import Project
from pb_engine.units import Cents, LocalText

STYLE = "all"
"""The only ballot style for now: every voter of a round gets the same paper."""


@dataclass(frozen=True, slots=True)
class BallotProject:
    """One line of the ballot paper."""

    id: str
    number: int
    title: str
    description: str
    cost_cents: Cents
    place: str
    area_name: str
    theme_name: LocalText


@dataclass(frozen=True, slots=True)
class BallotPage:
    """The ballot paper with its projects."""

    round: Round
    phase: Phase
    paper: BallotPaper
    projects: tuple[BallotProject, ...]


def projects_shown(
    round_: Round, projects: Iterable[Project], ideas: Iterable[Idea]
) -> tuple[BallotProject, ...]:
    """Return projects with what their ideas tell, in the order of ``projects``."""
    known = {str(idea.id): idea for idea in ideas}
    return tuple(
        _line(round_, known[project.id], project.cost)
        for project in projects
        if project.id in known
    )


def in_fair_order(projects: Iterable[BallotProject], seed: str) -> tuple[BallotProject, ...]:
    """Return the lines of a ballot paper in the order for a seed: see ``fair_key``.

    :param seed: of one visit, and of nobody's identity; without one the order is that of the paper.
    """
    if not seed:
        return tuple(projects)
    return tuple(sorted(projects, key=lambda line: fair_key(seed, line.id)))


def theme_name(round_: Round, theme: str) -> LocalText:
    """Return the name of a theme; an unknown theme is shown by its identifier."""
    for known in round_.submission.themes:
        if known.id == theme:
            return known.name
    return LocalText(theme, theme)


def area_name(round_: Round, idea: Idea) -> str:
    """Return the name of the area an idea is for, or nothing when it names none."""
    area = round_.areas.find(idea.area) if idea.area else None
    return area.name if area else ""


def _line(round_: Round, idea: Idea, cost: Cents) -> BallotProject:
    return BallotProject(
        id=str(idea.id),
        number=idea.number,
        title=idea.title,
        description=idea.description,
        cost_cents=cost,
        place=idea.place,
        area_name=area_name(round_, idea),
        theme_name=theme_name(round_, idea.theme),
    )
