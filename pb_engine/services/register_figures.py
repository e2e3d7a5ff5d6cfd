"""The voter register in numbers that may be seen: no small cells, nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.areas import Address
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import RegisterRefused
from pb_engine.services.roll import sought
from pb_engine.services.shown_counts import shown_counts, shown_totals
from pb_engine.store.register import Channel, Entitlement, Resident
from pb_engine.units import RoundId

MOST_FOUND = 20
_COUNTED = (Channel.NONE, Channel.DIGITAL, Channel.PAPER)


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """What an official sees of a register.

    :ivar residents: how many were taken in; 0 where the round has no register.
    :ivar digest: of the voting rights at the opening; ``None`` until then.
    :ivar areas: voting rights per area, by the name of the area; ``None`` is a small number.
    :ivar turnout: per area and channel how many rights; ``None`` is a small number.
    :ivar total: the same for all areas together.
    """

    residents: int
    digest: str | None
    areas: Mapping[str, int | None]
    turnout: Mapping[str, Mapping[str, int | None]]
    total: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A resident as little as it takes to recognise somebody.

    :ivar used: the voting right was used or withdrawn.
    """

    id: str
    name: str
    address: str
    state: str
    used: bool


def register_figures(engine: Engine, slug: str) -> RegisterFigures:
    """Return the register of a round in numbers.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as site:
        tree = site.rounds.get(round_id).round.areas
    names = {str(area.id): area.name for area in tree.areas}
    with engine.stores.register.read() as work:
        roll = work.rolls.get(round_id)
        per_area = work.entitlements.counts_per_area(round_id)
    counts = {
        (names.get(area, ""), str(channel)): number
        for (area, channel), number in per_area.items()
        if channel in _COUNTED
    }
    totals: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    for (area, channel), number in counts.items():
        totals[area] += number
        channels[channel] += number
    filled = {(area, one): counts.get((area, one), 0) for area in totals for one in channels}
    return RegisterFigures(
        residents=roll.residents if roll else 0,
        digest=roll.digest if roll else None,
        areas=shown_totals(totals),
        turnout=shown_counts(filled, sorted(totals)) if len(totals) > 1 else {},
        total=dict(channels),
    )


def find_residents(engine: Engine, slug: str, text: str, by: str) -> tuple[Found, ...]:
    """Return who is found under an address (``7523AB 12``) or a part of a name; at most twenty.

    That somebody searched stands in the event log; what for does not.

    :raises RegisterRefused: the text is too short (``problem="search"``).
    """
    round_id, place = RoundId(slug), Address.read(text)
    with engine.stores.register.read() as work:
        if place:
            people = work.residents.at_address(
                round_id, place.postcode, place.number, most=MOST_FOUND
            )
        else:
            people = work.residents.named(round_id, sought(text), most=MOST_FOUND)
        rights = {one.id: work.entitlements.get(round_id, one.entitlement) for one in people}
    if not people and not place and len(sought(text)) < 3:  # noqa: PLR2004 - as the store asks
        raise RegisterRefused("search by an address or three letters of a name", problem="search")
    with engine.stores.site.write() as site:
        event = Event("register_searched", round_id, by, {"found": len(people)})
        site.log.append(event, engine.clock())
        site.commit()
    return tuple(_found(one, rights[one.id]) for one in people)


def found_resident(engine: Engine, slug: str, resident: str) -> Found:
    """Return one resident that a search found.

    :raises RegisterRefused: there is no such resident (``problem="resident"``).
    """
    with engine.stores.register.read() as work:
        one = work.residents.get(RoundId(slug), resident)
        right = work.entitlements.get(RoundId(slug), one.entitlement) if one else None
    if one is None:
        raise RegisterRefused("no such resident is in the register", problem="resident")
    return _found(one, right)


def _found(one: Resident, right: Entitlement | None) -> Found:
    address = Address(one.postcode, one.house, one.addition)
    return Found(
        id=one.id,
        name=one.name,
        address="" if one.secret else str(address),
        state=str(one.state),
        used=right is None or right.channel is not Channel.NONE,
    )
