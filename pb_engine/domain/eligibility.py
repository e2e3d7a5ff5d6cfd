"""Who may vote: decided here from facts, never by a plugin."""

from __future__ import annotations

from pb_engine.domain.areas import Address
from pb_engine.domain.rounds import Round
from pb_engine.errors import NotEligible
from pb_engine.units import AreaId


def voting_area(
    round_: Round, *, address: str, birth_year: int | None, age_reached: int | None = None
) -> AreaId:
    """Return the area in which somebody with these facts has a voting right.

    A birth year alone leaves the birthday open: whoever can reach the minimum age in the year
    of the reference date is given the benefit of the doubt.

    :param age_reached: an age that somebody has for certain; it stands in for a birth year.
    :param address: as vouched for: ``7523AB 12``.
    :raises NotEligible: with ``details["problem"]`` one of ``address``, ``area``, ``age``.
    """
    place = Address.read(address)
    if place is None:
        raise NotEligible(f"{address[:40]!r} is not a Dutch address", problem="address")
    area = round_.areas.locate(place)
    if area is None or not round_.areas.lies_in(area, round_.voters.areas):
        raise NotEligible("this address does not lie in the area of the round", problem="area")
    needed = round_.voters.minimum_age
    if needed and not _old_enough(round_, birth_year, age_reached):
        raise NotEligible(
            f"the minimum age is {needed} on {round_.voters.reference_date}",
            problem="age",
            limit=needed,
        )
    return area


def _old_enough(round_: Round, birth_year: int | None, age_reached: int | None) -> bool:
    needed = round_.voters.minimum_age
    if birth_year is not None:
        return round_.voters.reference_date.year - birth_year >= needed
    return age_reached is not None and age_reached >= needed
