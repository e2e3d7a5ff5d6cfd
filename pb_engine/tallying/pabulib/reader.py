"""Reads a Pabulib file."""

from __future__ import annotations

import io
from typing import BinaryIO

from pb_engine.tallying.election import Election, Profile, Project
from pb_engine.tallying.lots import lot_without_seed
from pb_engine.tallying.pabulib.amounts import common_unit, decimals, repaired
from pb_engine.tallying.pabulib.lines import Rows, blocks, refuse
from pb_engine.tallying.pabulib.sections import ProjectRow, read_meta, read_projects
from pb_engine.tallying.pabulib.tolerance import Tolerance
from pb_engine.tallying.pabulib.values import PabulibElection
from pb_engine.tallying.pabulib.votes import read_votes
from pb_engine.units import Cents, ProjectId


def read_pabulib(source: bytes | BinaryIO, *, lenient: bool = False) -> PabulibElection:
    """Read a ``.pb`` file of any vote type, as a stream and with bounded memory.

    Amounts become whole numbers of hundredths of the currency, or of a finer unit where the
    file uses more decimals (``election.unit``); they are exact.  A project that stands twice on
    one ballot counts once.

    :param lenient: read over wrong totals, voters that stand twice, ballots over their limits and
        unknown projects on ballots (whose marks are dropped); ``remarks`` says what was read over.
    :raises InvalidElectionFile: naming line and field.
    """
    tolerance = Tolerance(lenient)
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    rows = Rows(blocks(stream, tolerance))
    meta = read_meta(rows)
    meta.text["budget"] = repaired(meta.text["budget"], meta.lines["budget"], "budget", tolerance)
    budget = decimals(meta.text["budget"], meta.lines["budget"], "budget")
    listed = read_projects(rows, meta, tolerance)
    unit = common_unit([budget, *(project.cost for project in listed)])
    projects = tuple(_project(row, unit) for row in listed)
    profile = Profile(read_votes(rows, meta, projects, unit, tolerance))
    if profile.voters != meta.whole("num_votes"):
        sentence = f"says {meta.text['num_votes'][:40]}, but VOTES has {profile.voters} rows"
        tolerance.face(refuse(meta.lines["num_votes"], "num_votes", sentence))
    return PabulibElection(
        meta=meta.text,
        vote_type=meta.text["vote_type"],
        election=Election(
            budget=Cents(budget.times(unit)),
            projects=projects,
            profile=profile,
            lot=lot_without_seed(projects, profile),
            currency=meta.text.get("currency") or "EUR",
            unit=unit,
        ),
        projects={ProjectId(row.id): row.cells for row in listed},
        remarks=tuple(tolerance.remarks),
    )


def _project(row: ProjectRow, unit: int) -> Project:
    title = row.cells.get("name") or row.id
    return Project(ProjectId(row.id), Cents(row.cost.times(unit)), title)
