"""What a simulation takes from a Pabulib file: its projects, its paper and its ballots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import PabulibElection
from pb_engine.tallying.pabulib.amounts import Decimals, decimals
from pb_engine.tallying.profile import Profile
from pb_engine.tallying.simulating.papers import HIGHEST_GRADE, POINTS, Limits, paper_for
from pb_engine.tallying.simulating.scene import Choice, Scene

_FORMATS: Mapping[str, BallotFormat] = MappingProxyType(
    {
        "approval": BallotFormat.APPROVAL,
        "choose-1": BallotFormat.SINGLE,
        "cumulative": BallotFormat.POINTS,
        "ordinal": BallotFormat.RANKING,
        "scoring": BallotFormat.SCORE,
    }
)
_AREA_COLUMNS = ("neighborhood", "district", "subunit")


def scene_of_file(read: PabulibElection) -> Scene:
    """Return the scene of a file.  Voters live where projects are, as many in each area."""
    choices = []
    for project in read.election.projects:
        cells = read.projects[project.id]
        area = next((cells[name] for name in _AREA_COLUMNS if cells.get(name)), "")
        theme = (cells.get("category") or "").partition(",")[0]
        choices.append(Choice(project, area.strip(), theme.strip()))
    election = read.election
    return Scene(tuple(choices), election.budget, (), election.currency, election.unit)


def format_of_file(read: PabulibElection) -> BallotFormat:
    """Return the format of the ballots; approval within a sum of costs is a basket."""
    found = _FORMATS[read.vote_type]
    basket = found is BallotFormat.APPROVAL and bool(read.meta.get("max_sum_cost"))
    return BallotFormat.BASKET if basket else found


def paper_of_file(read: PabulibElection, scene: Scene, wanted: BallotFormat) -> BallotPaper:
    """Return a paper in this format with what the file says of limits.

    :raises InvalidElectionFile: a limit is not a whole number; the sentence names it.
    """
    number = len(scene.projects)
    spend = _amount(read, "max_sum_cost")
    limits = Limits(
        least=max(1, _whole(read, "min_length", 1)),
        most=_whole(read, "max_length", number),
        spend=None if spend is None else spend.digits * scene.unit // 10**spend.places,
        points=_whole(read, "max_sum_points", POINTS),
        grade=_whole(read, "max_points", HIGHEST_GRADE),
    )
    made = paper_for(wanted, scene.projects, scene.budget, limits)
    if wanted is not BallotFormat.BASKET or format_of_file(read) is not wanted:
        return made
    most = min(limits.most, number)
    return replace(made, max_choices=most, min_choices=min(limits.least, most))


def pool_of_file(read: PabulibElection) -> Profile:
    """Return the ballots of a file, as ballots of ``format_of_file``."""
    columns = read.election.profile.columns
    if columns.format is None:
        return read.election.profile
    return Profile(replace(columns, format=format_of_file(read)))


def _amount(read: PabulibElection, key: str) -> Decimals | None:
    text = read.meta.get(key)
    return decimals(text, 1, key) if text else None


def _whole(read: PabulibElection, key: str, otherwise: int) -> int:
    amount = _amount(read, key)
    if amount is None:
        return otherwise
    if amount.places:
        raise InvalidElectionFile(
            f"{key}: {read.meta[key][:40]!r} is not a whole number", field=key
        )
    return amount.digits
