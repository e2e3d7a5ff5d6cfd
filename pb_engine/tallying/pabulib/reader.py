"""Reads a Pabulib file."""

from __future__ import annotations

import io
from typing import BinaryIO

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.election import Election, Profile, Project
from pb_engine.tallying.lots import lot_without_seed
from pb_engine.tallying.pabulib.amounts import common_unit, decimals
from pb_engine.tallying.pabulib.lines import Rows
from pb_engine.tallying.pabulib.sections import read_meta, read_projects
from pb_engine.tallying.pabulib.values import PabulibElection
from pb_engine.tallying.pabulib.votes import read_votes
from pb_engine.units import Cents, ProjectId


def read_pabulib(source: bytes | BinaryIO) -> PabulibElection:
    """Read a ``.pb`` file of any vote type, as a stream and with bounded memory.

    Amounts become whole numbers of hundredths of the currency, or of a finer unit where the
    file uses more decimals (``election.unit``); they are exact.  A project that stands twice on
    one ballot counts once.

    :raises InvalidElectionFile: naming line and field.
    """
    rows = Rows(io.BytesIO(source) if isinstance(source, bytes) else source)
    meta = read_meta(rows)
    budget = decimals(meta.text["budget"], meta.lines["budget"], "budget")
    listed = read_projects(rows, meta)
    unit = common_unit([budget, *(project.cost for project in listed)])
    projects = tuple(
        Project(
            ProjectId(project.id),
            Cents(project.cost.times(unit)),
            project.cells.get("name") or project.id,
        )
        for project in listed
    )
    votes = read_votes(rows, meta, projects, unit)
    profile = Profile(votes.columns)
    if profile.voters != meta.whole("num_votes"):
        raise InvalidElectionFile(
            f"line {meta.lines['num_votes']}, num_votes: says {meta.text['num_votes'][:40]}, but "
            f"VOTES has {profile.voters} rows",
            line=meta.lines["num_votes"],
            field="num_votes",
        )
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
        projects={ProjectId(project.id): project.cells for project in listed},
        remarks=votes.remarks,
    )
