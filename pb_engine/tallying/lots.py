"""The order that settles ties: drawn from a published seed, or a rule where there is none.

The lot of a project is SHA-256 over ``"pb-engine lot v1" NUL seed NUL project id`` (UTF-8); the
projects stand in ascending order of their lots.  Anybody can redo this with one command, and
nobody who does not know the seed beforehand can choose project identifiers that win.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from pb_engine.tallying.columns import voters_of
from pb_engine.tallying.election import Project
from pb_engine.tallying.profile import Profile
from pb_engine.units import ProjectId


def draw_lot(seed: str, projects: Iterable[ProjectId]) -> tuple[ProjectId, ...]:
    """Return ``projects`` in the order of their lots; their given order does not matter."""

    def lot(project: ProjectId) -> tuple[bytes, ProjectId]:
        text = f"pb-engine lot v1\0{seed}\0{project}"
        return hashlib.sha256(text.encode()).digest(), project

    return tuple(sorted(projects, key=lot))


def lot_without_seed(projects: Sequence[Project], profile: Profile) -> tuple[ProjectId, ...]:
    """Order projects for files that publish no seed.

    Lower cost first, then more voters, then the identifier in code-point order.
    """
    voters = voters_of(profile.columns, [project.id for project in projects])
    keys = [(p.cost, -count, p.id) for p, count in zip(projects, voters, strict=True)]
    return tuple(project for _, _, project in sorted(keys))
