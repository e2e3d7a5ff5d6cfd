"""Neighbourhoods and themes of the projects in a Pabulib file."""

from __future__ import annotations

from pb_engine.tallying.fairness import Place
from pb_engine.tallying.pabulib import PabulibElection
from pb_engine.units import ProjectId

COLUMNS = ("neighborhood", "district", "category", "target", "beneficiaries")
"""Where a file may say it, the most telling column first."""


def places_in(read: PabulibElection) -> tuple[Place, ...]:
    """Return places by name, from the first column that tells at least two apart.

    A cell may name several, with commas between them.  Pabulib files do not count residents.
    """
    listed = {project.id for project in read.election.projects}
    for column in COLUMNS:
        found: dict[str, set[ProjectId]] = {}
        for project, row in read.projects.items():
            for name in row.get(column, "").split(","):
                if name.strip() and project in listed:
                    found.setdefault(name.strip(), set()).add(project)
        if len(found) > 1:
            return tuple(Place(name, frozenset(found[name])) for name in sorted(found))
    return ()
