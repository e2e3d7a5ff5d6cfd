"""The projects on a ballot paper, with what a voter wants to read about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pb_engine.ballots import BallotPaper
from pb_engine.domain.fair_order import fair_key
from pb_engine.domain.ideas import Idea
from pb_engine.domain.links import Link
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.services.shown_links import ShownLink, shown_links
from pb_engine.tallying import Project
from pb_engine.units import Cents, LocalText

STYLE = "all"
"""The only ballot style for now: every voter of a round gets the same paper."""


@dataclass(frozen=True, slots=True)
class SaidTitle:
    """A title in another language; ``machine``: a computer translated it."""

    body: str
    machine: bool


Titles = Mapping[str, Mapping[str, SaidTitle]]
"""Titles in other languages, by idea and by language."""


class Translated(Protocol):
    """A translation as it is stored."""

    @property
    def subject(self) -> str:
        """Whose title it is."""

    @property
    def locale(self) -> str:
        """In which language."""

    @property
    def body(self) -> str:
        """The title in that language."""

    @property
    def origin(self) -> str:
        """Who translated it: ``human`` or ``machine``."""

    @property
    def source_digest(self) -> str:
        """The digest of the title that was translated."""


@dataclass(frozen=True, slots=True)
class BallotProject:
    """One line of the ballot paper.

    :ivar language: in which language its title and description were written.
    :ivar titles: the title in other languages.
    :ivar links: which other projects it excludes, needs, or is needed by.
    """

    id: str
    number: int
    title: str
    description: str
    cost_cents: Cents
    place: str
    area_name: str
    theme_name: LocalText
    language: str = "nl"
    titles: Mapping[str, SaidTitle] = field(default_factory=dict, hash=False)
    links: tuple[ShownLink, ...] = ()


@dataclass(frozen=True, slots=True)
class BallotPage:
    """The ballot paper with its projects."""

    round: Round
    phase: Phase
    paper: BallotPaper
    projects: tuple[BallotProject, ...]


def projects_shown(
    round_: Round,
    projects: Sequence[Project],
    ideas: Iterable[Idea],
    translated: Iterable[Translated] = (),
    links: Iterable[Link] = (),
) -> tuple[BallotProject, ...]:
    """Return projects with what their ideas tell, in the order of ``projects``.

    :param translated: their titles in other languages.
    :param links: which ideas of the round exclude or need each other.
    """
    on_paper = {str(project.id) for project in projects}
    known = {str(idea.id): idea for idea in ideas if str(idea.id) in on_paper}
    said = tuple(links)
    titles = titles_said({name: idea.title for name, idea in known.items()}, translated)
    return tuple(
        _line(
            round_,
            known[project.id],
            project.cost,
            titles.get(project.id, {}),
            shown_links(project.id, said, known.values()),
        )
        for project in projects
        if project.id in known
    )


def titles_said(originals: Mapping[str, str], translated: Iterable[Translated]) -> Titles:
    """Return titles in other languages; not those of which the original changed since.

    :param originals: the titles of the ideas as they are now, by idea.
    """
    digests = {one: hashlib.sha256(title.encode()).hexdigest() for one, title in originals.items()}
    found: dict[str, dict[str, SaidTitle]] = {}
    for row in translated:
        if digests.get(row.subject) == row.source_digest:
            said = SaidTitle(row.body, row.origin == "machine")
            found.setdefault(row.subject, {})[row.locale] = said
    return found


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


def _line(
    round_: Round,
    idea: Idea,
    cost: Cents,
    titles: Mapping[str, SaidTitle],
    links: tuple[ShownLink, ...],
) -> BallotProject:
    return BallotProject(
        id=str(idea.id),
        number=idea.number,
        title=idea.title,
        description=idea.description,
        cost_cents=cost,
        place=idea.place,
        area_name=area_name(round_, idea),
        theme_name=theme_name(round_, idea.theme),
        language=idea.language,
        titles=titles,
        links=links,
    )
