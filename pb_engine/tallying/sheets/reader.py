"""Reads an election from two sheets and its terms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.election import Election, Profile, Project
from pb_engine.tallying.lots import lot_without_seed
from pb_engine.tallying.pabulib.amounts import Decimals, common_unit, decimals
from pb_engine.tallying.pabulib.limits import Limits
from pb_engine.tallying.pabulib.lines import refuse
from pb_engine.tallying.pabulib.sections import LONGEST_ID, Meta
from pb_engine.tallying.pabulib.tolerance import Tolerance
from pb_engine.tallying.pabulib.values import PabulibElection
from pb_engine.tallying.sheets.ballots import read_ballots
from pb_engine.tallying.sheets.cells import Sheet
from pb_engine.tallying.sheets.terms import BALLOTS, PABULIB_COLUMNS, PROJECTS, TERMS, read_terms
from pb_engine.units import Cents, ProjectId

Listed = dict[str, tuple[Decimals, dict[str, str]]]


def read_sheets(
    terms: bytes, projects: BinaryIO, ballots: BinaryIO, *, lenient: bool = False
) -> PabulibElection:
    """Read an election; the sheets as streams and with bounded memory.

    The columns of ``projects.csv`` are ``id``, ``cost``, ``title`` and any others; those of
    ``ballots.csv`` are ``ballot``, ``project``, ``weight`` and ``channel``, of which the last two
    may be missing.  Rows of one ballot stand together.

    :param lenient: read over ballots above their limits and unknown projects on ballots.
    :raises InvalidElectionFile: naming file, line and column.
    """
    tolerance = Tolerance(lenient)
    with _named(TERMS):
        ballot_format, meta = read_terms(terms)
        budget = decimals(meta.text["budget"], meta.lines["budget"], "budget")
    with _named(PROJECTS):
        listed = _read_projects(Sheet(projects, tolerance, ("id", "cost")))
    unit = common_unit([budget, *(cost for cost, _ in listed.values())])
    found = tuple(
        Project(ProjectId(name), Cents(cost.times(unit)), cells.get("name") or name)
        for name, (cost, cells) in listed.items()
    )
    with _named(TERMS):
        limits = Limits.of(meta, (project.cost for project in found), unit)
    with _named(BALLOTS):
        sheet = Sheet(ballots, tolerance, ("ballot", "project"))
        place = {project.id: at for at, project in enumerate(found)}
        columns = read_ballots(sheet, ballot_format, place, limits, tolerance)
    return _election(meta, budget.times(unit), unit, found, listed, Profile(columns), tolerance)


def _election(
    meta: Meta,
    budget: int,
    unit: int,
    projects: tuple[Project, ...],
    listed: Listed,
    profile: Profile,
    tolerance: Tolerance,
) -> PabulibElection:
    counted = {"num_projects": str(len(projects)), "num_votes": str(profile.voters)}
    return PabulibElection(
        meta={**meta.text, **counted},
        vote_type=meta.text["vote_type"],
        election=Election(
            budget=Cents(budget),
            projects=projects,
            profile=profile,
            lot=lot_without_seed(projects, profile),
            currency=meta.text.get("currency") or "EUR",
            unit=unit,
        ),
        projects={ProjectId(name): cells for name, (_, cells) in listed.items()},
        remarks=tuple(tolerance.remarks),
    )


def _read_projects(sheet: Sheet) -> Listed:
    listed: Listed = {}
    for line, row in sheet:
        name = row["id"]
        if not name or len(name) > LONGEST_ID or "," in name:
            sentence = f"{name[:40]!r} must be 1 to {LONGEST_ID} characters, no commas"
            raise refuse(line, "id", sentence)
        if name in listed:
            raise refuse(line, "id", f"project {name!r} stands twice")
        named = {PABULIB_COLUMNS.get(column, column): cell for column, cell in row.items()}
        cells = {"project_id": name, **named}
        listed[name] = (decimals(row["cost"], line, "cost"), cells)
    return listed


@contextmanager
def _named(file: str) -> Iterator[None]:
    """Put the name of the file before what is wrong with it."""
    try:
        yield
    except InvalidElectionFile as problem:
        sentence = f"{file}, {problem.sentence}"
        raise InvalidElectionFile(sentence, **{**problem.details, "file": file}) from problem
