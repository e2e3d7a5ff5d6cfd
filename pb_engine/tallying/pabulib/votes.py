"""The section VOTES: by far the longest, so ordinary blocks of it are read without objects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from pb_engine.ballots import BallotFormat
from pb_engine.tallying.columns import Columns
from pb_engine.tallying.election import Project
from pb_engine.tallying.gathering import Gathering
from pb_engine.tallying.pabulib.defaults import with_default_score
from pb_engine.tallying.pabulib.limits import Limits
from pb_engine.tallying.pabulib.lines import Rows, refuse
from pb_engine.tallying.pabulib.sections import Meta, read_header
from pb_engine.tallying.pabulib.tolerance import Tolerance
from pb_engine.tallying.pabulib.votes_careful import read_carefully
from pb_engine.tallying.pabulib.votes_quick import read_quickly
from pb_engine.tallying.pabulib.votes_section import VotesSection

FORMATS = {
    "approval": BallotFormat.APPROVAL,
    "choose-1": BallotFormat.SINGLE,
    "cumulative": BallotFormat.POINTS,
    "ordinal": BallotFormat.RANKING,
    "scoring": BallotFormat.SCORE,
}


def read_votes(
    rows: Rows, meta: Meta, projects: Sequence[Project], unit: int, tolerance: Tolerance
) -> Columns:
    """Read all ballots, identical ones grouped.

    :raises InvalidElectionFile: a row of the wrong width, a voter twice, an unknown project,
        points that do not fit, or a ballot over the limits in META.
    """
    section = VotesSection(
        format=FORMATS[meta.text["vote_type"]],
        header=read_header(rows, "VOTES", "voter_id"),
        ids=tuple(project.id for project in projects),
        limits=Limits.of(meta, (project.cost for project in projects), unit),
        tolerance=tolerance,
    )
    for name in section.wanted:
        if name not in section.header:
            raise refuse(rows.line, "VOTES", f"there is no column {name!r}")
    gathering = Gathering(section.format, section.ids)
    _gather(section, rows, gathering)
    for remark in section.remarks():
        tolerance.note(remark)
    columns = gathering.columns()
    return with_default_score(columns, meta) if section.format is BallotFormat.SCORE else columns


def _gather(section: VotesSection, rows: Rows, gathering: Gathering) -> None:
    rest = rows.rest()
    for before, block in rest:
        columns = read_quickly(section, block)
        if columns is not None:
            gathering.add(columns, ordered=True)
            continue
        # What is quoted may run on into the next block.
        further = rest if b'"' in block else ()
        for part in read_carefully(section, Rows(chain([(before, block)], further))):
            gathering.add(part)
