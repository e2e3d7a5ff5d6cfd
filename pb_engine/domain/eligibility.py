"""Who may vote: decided here from facts, never by a plugin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pb_engine.domain.areas import Address
from pb_engine.domain.rounds import Round
from pb_engine.errors import EngineError, NotEligible
from pb_engine.units import AreaId

OLDEST = 130
_BAND = re.compile(r"(\d{1,3})\s*(?:-|–|t/m|tot en met)\s*(\d{1,3})(?:\s*jaar)?")
_OPEN_BAND = re.compile(r"(\d{1,3})\s*(?:\+|e\.o\.|en ouder|jaar en ouder)")


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages from ``youngest`` to ``oldest``, both included, on the reference date."""

    youngest: int
    oldest: int

    @classmethod
    def read(cls, text: str) -> AgeBand | None:
        """Read ``18-24``, ``18 t/m 24`` or ``75+``; return ``None`` for anything else."""
        shut, ajar = _BAND.fullmatch(text.strip()), _OPEN_BAND.fullmatch(text.strip())
        if shut:
            youngest, oldest = int(shut[1]), int(shut[2])
        elif ajar:
            youngest, oldest = int(ajar[1]), OLDEST
        else:
            return None
        return cls(youngest, oldest) if youngest <= oldest <= OLDEST else None


def voting_area(
    round_: Round, *, address: str, birth_year: int | None, age_reached: int | None = None
) -> AreaId:
    """Return the area in which somebody with these facts has a voting right.

    A birth year alone leaves the birthday open: whoever can reach the minimum age in the year
    of the reference date is given the benefit of the doubt.

    :param age_reached: an age that somebody has for certain; it stands in for a birth year.
    :param address: as vouched for: ``7523AB 12``.
    :raises NotEligible: with ``details["problem"]`` one of ``address``, ``area``, ``age``,
        ``too_old``.
    """
    place = Address.read(address)
    if place is None:
        raise NotEligible(f"{address[:40]!r} is not a Dutch address", problem="address")
    area = area_of(round_, place)
    if area is None:
        raise NotEligible("this address does not lie in the area of the round", problem="area")
    # An age that is reached says nothing of how much older somebody is.
    shown = AgeBand(age_reached, age_reached) if age_reached is not None else None
    open_above = AgeBand(age_reached, OLDEST) if age_reached is not None else None
    if not is_old_enough(round_, birth_year=birth_year, band=shown):
        raise age_refusal(NotEligible, round_, "age")
    if not is_young_enough(round_, birth_year=birth_year, band=open_above, certain=True):
        raise age_refusal(NotEligible, round_, "too_old")
    return area


def age_refusal(kind: type[EngineError], round_: Round, problem: str) -> EngineError:
    """Return the refusal of an age; ``problem`` is ``age`` or ``too_old``."""
    voters = round_.voters
    limit = voters.minimum_age if problem == "age" else voters.maximum_age or 0
    side = "minimum" if problem == "age" else "maximum"
    return kind(
        f"the {side} age is {limit} on {voters.reference_date}, also for somebody who has a "
        "birthday during the round",
        problem=problem,
        limit=limit,
    )


def asks_age(round_: Round) -> bool:
    """Tell whether somebody's age plays a part in this round."""
    return bool(round_.voters.minimum_age) or round_.voters.maximum_age is not None


def area_of(round_: Round, place: Address) -> AreaId | None:
    """Return the smallest area of an address whose residents may vote; ``None`` outside those."""
    area = round_.areas.locate(place)
    if area is None or not round_.areas.lies_in(area, round_.voters.areas):
        return None
    return area


def is_old_enough(round_: Round, *, birth_year: int | None, band: AgeBand | None) -> bool:
    """Tell whether somebody can have the minimum age on the reference date.

    Who is born in the year in which the age is reached, or whose age band reaches over it, is
    given the benefit of the doubt.  Without year and band nobody is old enough, unless the round
    asks no age.
    """
    needed = round_.voters.minimum_age
    if not needed:
        return True
    if birth_year is not None:
        return round_.voters.reference_date.year - birth_year >= needed
    return band is not None and band.oldest >= needed


def is_young_enough(
    round_: Round, *, birth_year: int | None, band: AgeBand | None, certain: bool = False
) -> bool:
    """Tell whether somebody can have the maximum age, or less, on the reference date.

    Who is born in the year in which the age is passed, or whose age band begins below it, is given
    the benefit of the doubt.  Without year and band nobody is young enough, unless the round asks
    no maximum.

    :param certain: a band must lie below the maximum wholly: there is no doubt to give.
    """
    oldest = round_.voters.maximum_age
    if oldest is None:
        return True
    if birth_year is not None:
        return round_.voters.reference_date.year - birth_year - 1 <= oldest
    return band is not None and (band.oldest if certain else band.youngest) <= oldest
