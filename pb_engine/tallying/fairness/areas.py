"""Money per area against residents, or per theme against votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.tallying.election import Election
from pb_engine.units import ProjectId


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the town, or a theme, with its projects.

    :ivar residents: how many people live there; ``None`` where nobody says.
    :ivar projects: a project may lie in several places and counts for an equal part in each.
    """

    name: str
    projects: frozenset[ProjectId]
    residents: int | None = None


@dataclass(frozen=True, slots=True)
class AreaShare:
    """What a place gets.

    :ivar projects: how many projects lie there, and ``funded``: how many of them get money.
    :ivar money: exact, in the election's smallest unit.
    :ivar money_part: of all money that goes to the places together.
    :ivar votes_part: of all votes for projects in the places together.
    :ivar residents_part: of all residents of the places; ``None`` unless all are known.
    """

    name: str
    projects: int
    funded: int
    money: Fraction
    money_part: Fraction
    votes_part: Fraction
    residents: int | None
    residents_part: Fraction | None


def shares_of(
    election: Election, funded: Collection[str], places: Sequence[Place]
) -> tuple[AreaShare, ...]:
    """Return what every place gets, in the order in which they are given."""
    parts = Counter(project for place in places for project in place.projects)
    cost = {p.id: Fraction(p.cost, parts[p.id]) for p in election.projects if parts[p.id]}
    votes = zip(election.projects, election.support.voters, strict=True)
    voted = {p.id: Fraction(number, parts[p.id]) for p, number in votes if parts[p.id]}
    money = [_sum(cost, place.projects & frozenset(funded)) for place in places]
    asked = [_sum(voted, place.projects) for place in places]
    people = [place.residents for place in places]
    known = None if None in people else sum(number or 0 for number in people)
    return tuple(
        AreaShare(
            name=place.name,
            projects=len(place.projects & cost.keys()),
            funded=len(place.projects & frozenset(funded)),
            money=money[at],
            money_part=_part(money[at], sum(money, Fraction(0))),
            votes_part=_part(asked[at], sum(asked, Fraction(0))),
            residents=place.residents,
            residents_part=_part(Fraction(place.residents or 0), Fraction(known))
            if known
            else None,
        )
        for at, place in enumerate(places)
    )


def _sum(values: dict[ProjectId, Fraction], chosen: Collection[ProjectId]) -> Fraction:
    return sum((values[project] for project in values if project in chosen), Fraction(0))


def _part(some: Fraction, whole: Fraction) -> Fraction:
    return some / whole if whole else Fraction(0)
