"""From the rules of a round and its projects to the ballot paper."""

from __future__ import annotations

from collections.abc import Iterable

from pb_engine.ballots import BallotFormat, BallotPaper, PaperLine
from pb_engine.domain.ballot_limits import Placed, groups_on_paper
from pb_engine.domain.ideas import Idea
from pb_engine.domain.rounds import Round
from pb_engine.tallying import Project
from pb_engine.units import Cents, ProjectId


def places_of(ideas: Iterable[Idea]) -> tuple[Placed, ...]:
    """Return theme and area of the projects that these ideas become."""
    return tuple((ProjectId(idea.id), idea.theme, idea.area) for idea in ideas)


def make_paper(
    round_: Round, projects: tuple[Project, ...], where: Iterable[Placed] = ()
) -> BallotPaper:
    """Return the ballot paper for these projects under the limits of the round.

    The maximum is never above the number of projects, so that the page states what holds.

    :param where: theme and area of the projects; limits per theme or area need them.
    """
    rules = round_.ballot
    basket = rules.format is BallotFormat.BASKET
    most = min(rules.max_choices, len(projects))
    return BallotPaper(
        format=rules.format,
        lines=tuple(PaperLine(project.id, project.cost) for project in projects),
        min_choices=min(rules.min_choices, most),
        max_choices=most,
        spend_limit=Cents(rules.spend_limit_cents or 0) if basket else None,
        max_points=rules.max_points,
        groups=groups_on_paper(round_, where),
        grades=rules.grades,
    )
