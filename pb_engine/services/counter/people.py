"""Finding somebody in the voter register, and showing an officer no more than the work needs."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.areas import Address
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import NotReady, UnknownCode
from pb_engine.services.events import write_down
from pb_engine.services.roll import sought
from pb_engine.store.register import Channel, RegisterWork, Resident, ResidentState
from pb_engine.units import RoundId

MOST_SHOWN = 20
SHORTEST_NAME = 3
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class AtCounter:
    """One resident as the counter shows them: no year of birth, no mail address, no code.

    :ivar address: ``""`` where the address is secret.
    :ivar channel: along which way this voting right was used, if it was.
    :ivar state: ``active``, or why the register gives no voting right any more.
    """

    resident: str
    name: str
    address: str
    secret: bool
    channel: Channel
    state: ResidentState

    @property
    def active(self) -> bool:
        """Whether the register gives this resident a voting right."""
        return self.state is ResidentState.ACTIVE

    @property
    def used(self) -> bool:
        """Whether the voting right was used or withdrawn."""
        return self.channel is not Channel.NONE


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found; ``more`` says that there are others than these."""

    people: tuple[AtCounter, ...]
    more: bool


def find_people(engine: Engine, slug: str, by: str, *, name: str = "", address: str = "") -> Search:
    """Find residents by a part of their name, by address, or by both.

    Nobody with a secret address is found by address.  That somebody searched is written down,
    and how many were found; not what for.

    :param address: postcode and house number, ``7523AB 12``.
    :raises NotReady: nothing to go by: a name under three letters and no whole address.
    """
    wanted = sought(name[:LONGEST_NAME])
    place = Address.read(address) if address.strip() else None
    if address.strip() and place is None:
        raise NotReady("an address is a postcode and a house number", problem="address")
    if place is None and len(wanted) < SHORTEST_NAME:
        raise NotReady(f"search by at least {SHORTEST_NAME} letters", problem="name")
    with engine.stores.register.read() as work:
        found = _found(work, RoundId(slug), wanted, place)
        shown = tuple(_shown(work, one) for one in found[:MOST_SHOWN])
    event = Event("counter_searched", RoundId(slug), by, {"found": len(shown)})
    write_down(engine, event)
    return Search(shown, more=len(found) > MOST_SHOWN)


def find_people_by(engine: Engine, slug: str, by: str, text: str) -> Search:
    """Find residents by whichever of the two a text is: an address, or a part of a name."""
    if Address.read(text):
        return find_people(engine, slug, by, address=text)
    return find_people(engine, slug, by, name=text)


def knows_people(engine: Engine, slug: str) -> bool:
    """Tell whether a round has a voter register to search."""
    with engine.stores.register.read() as work:
        return work.residents.count(RoundId(slug)) > 0


def at_counter(engine: Engine, slug: str, resident: str) -> AtCounter:
    """Return one resident as the counter shows them.

    :raises UnknownCode: the register of this round has no such resident.
    """
    with engine.stores.register.read() as work:
        return _shown(work, require_resident(work, slug, resident))


def require_resident(work: RegisterWork, slug: str, resident: str) -> Resident:
    """Return a row of the register.

    :raises UnknownCode: there is none.
    """
    found = work.residents.get(RoundId(slug), resident)
    if found is None:
        raise UnknownCode("the register has no such resident", problem="resident")
    return found


def _found(
    work: RegisterWork, slug: RoundId, wanted: str, place: Address | None
) -> tuple[Resident, ...]:
    if place is None:
        return work.residents.named(slug, wanted, most=MOST_SHOWN + 1)
    here = work.residents.at_address(slug, place.postcode, place.number)
    if place.addition:
        here = tuple(one for one in here if one.addition == place.addition)
    return tuple(one for one in here if wanted in one.sought)


def _shown(work: RegisterWork, one: Resident) -> AtCounter:
    right = work.entitlements.get(one.round, one.entitlement)
    place = Address(one.postcode, one.house, one.addition)
    return AtCounter(
        resident=one.id,
        name=one.name,
        address="" if one.secret else str(place),
        secret=one.secret,
        channel=right.channel if right else Channel.VOID,
        state=one.state,
    )
