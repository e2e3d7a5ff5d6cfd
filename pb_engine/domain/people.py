"""The roles of officials.  Nobody who issues codes can read ballots: nobody can read ballots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pb_engine.errors import InvalidOfficial
from pb_engine.units import AreaId, LocalText, RoundId


class Role(StrEnum):
    """What an official is at the desk."""

    PARTICIPATION_TEAM = "participation_team"
    COMMISSION_MEMBER = "commission_member"
    COMMISSION_CHAIR = "commission_chair"
    SECRETARY = "secretary"
    DISTRICT_COACH = "district_coach"
    IDEA_BROKER = "idea_broker"
    MODERATOR = "moderator"
    DESK_OFFICER = "desk_officer"
    COUNTER = "counter"
    TRUSTEE = "trustee"
    RESEARCHER = "researcher"
    AUDITOR = "auditor"


ROLE_NAMES: Mapping[Role, LocalText] = MappingProxyType(
    {
        Role.PARTICIPATION_TEAM: LocalText("participatieteam", "participation team"),
        Role.COMMISSION_MEMBER: LocalText("commissielid", "commission member"),
        Role.COMMISSION_CHAIR: LocalText("voorzitter van de commissie", "commission chair"),
        Role.SECRETARY: LocalText("secretaris", "secretary"),
        Role.DISTRICT_COACH: LocalText("wijkregisseur", "district coach"),
        Role.IDEA_BROKER: LocalText("ideeënmakelaar", "idea broker"),
        Role.MODERATOR: LocalText("moderator", "moderator"),
        Role.DESK_OFFICER: LocalText("baliemedewerker", "desk officer"),
        Role.COUNTER: LocalText("teller", "counter of paper"),
        Role.TRUSTEE: LocalText("sleutelbewaarder", "trustee"),
        Role.RESEARCHER: LocalText("onderzoeker", "researcher"),
        Role.AUDITOR: LocalText("controleur", "auditor"),
    }
)

_ALSO: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {Role.COMMISSION_CHAIR: frozenset({Role.COMMISSION_MEMBER})}
)
"""Whoever is the one may do all that the other may."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody has.

    :ivar round: the only round in which it counts, or ``None`` for all rounds and the whole desk.
    :ivar area: for the commission of one area of a round: the area whose ideas it judges.
    """

    role: Role
    round: RoundId | None = None
    area: AreaId | None = None

    @property
    def scope(self) -> str:
        """Where it counts: nothing for everywhere, a round, or a round and an area of it."""
        return ":".join(one for one in (self.round, self.area) if one)

    def __str__(self) -> str:
        """Return the grant as one word, as ``grant_of`` reads it."""
        return f"{self.role}:{self.scope}" if self.scope else str(self.role)


def grant_of(text: str) -> Grant:
    """Read a grant: ``auditor``, or ``auditor:proef-2027`` for one round.

    A member or chair of the commission of one area: ``commission_member:proef-2027:noord``.

    :raises InvalidOfficial: there is no such role, or it is not one for an area.
    """
    name, _, scope = text.partition(":")
    round_, _, area = scope.partition(":")
    if name not in set(Role):
        known = ", ".join(sorted(Role))
        raise InvalidOfficial(f"{name[:40]!r} is not a role; roles are {known}", problem="role")
    role = Role(name)
    if area and not (round_ and _judges(role)):
        raise InvalidOfficial(f"the role {role} is not for one area", problem="area")
    return Grant(role, RoundId(round_) if round_ else None, AreaId(area) if area else None)


def _judges(role: Role) -> bool:
    return Role.COMMISSION_MEMBER in as_whom(role)


def areas_of(grants: Iterable[Grant], round_: str) -> frozenset[AreaId] | None:
    """Return the only areas of a round whose ideas somebody judges; ``None`` for all of them."""
    mine = [one for one in grants if _judges(one.role) and one.round in {None, round_}]
    areas = frozenset(one.area for one in mine if one.area)
    return areas if areas and all(one.area for one in mine) else None


def roles_in(grants: Iterable[Grant], round_: str | None) -> frozenset[Role]:
    """Return what somebody may act as: in a round, or for ``None`` outside all rounds."""
    own = {one.role for one in grants if one.round is None or one.round == round_}
    return frozenset[Role]().union(*map(as_whom, own))


def as_whom(role: Role) -> frozenset[Role]:
    """Return the roles as which somebody with this role may act."""
    return _ALSO.get(role, frozenset()) | {role}


def keeps_accounts(grants: Iterable[Grant]) -> bool:
    """Tell whether somebody may invite, block and replace officials."""
    return Role.PARTICIPATION_TEAM in roles_in(grants, None)
