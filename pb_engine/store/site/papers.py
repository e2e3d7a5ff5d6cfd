"""The frozen ballot paper of a round, and the projects on it."""

from __future__ import annotations

from sqlalchemy import delete, select

from pb_engine.ballots import BallotPaper, paper_document, read_paper
from pb_engine.store.columns import from_json, json_text
from pb_engine.store.site.tables import PAPERS, PROJECTS
from pb_engine.store.unit import Unit
from pb_engine.tallying import Project
from pb_engine.units import RoundId


class Papers:
    """Ballot papers as the public site shows them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, slug: RoundId, projects: tuple[Project, ...], paper: BallotPaper) -> None:
        """Keep the paper and its projects, in this order; replaces earlier ones."""
        self._unit.put(PAPERS, {"round": slug, "paper": json_text(paper_document(paper))})
        self._unit.change(delete(PROJECTS).where(PROJECTS.c.round == slug))
        rows = (
            {
                "round": slug,
                "position": position,
                "id": project.id,
                "cost": project.cost,
                "title": project.title,
            }
            for position, project in enumerate(projects, start=1)
        )
        self._unit.add(PROJECTS, *rows)

    def projects(self, slug: RoundId) -> tuple[Project, ...]:
        """Return the projects in the order of the paper; empty before voting opens."""
        query = select(PROJECTS).where(PROJECTS.c.round == slug).order_by(PROJECTS.c.position)
        return tuple(Project(row.id, row.cost, row.title) for row in self._unit.rows(query))

    def paper(self, slug: RoundId) -> BallotPaper | None:
        """Return the paper, or ``None`` before voting opens."""
        row = self._unit.row(select(PAPERS.c.paper).where(PAPERS.c.round == slug))
        return None if row is None else read_paper(from_json(row.paper))
