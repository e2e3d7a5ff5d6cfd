"""The roles of officials.  Nobody who issues codes can read ballots: nobody can read ballots."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pb_engine.units import LocalText


class Role(StrEnum):
    """What an official is at the desk."""

    PARTICIPATION_TEAM = "participation_team"
    COMMISSION_MEMBER = "commission_member"
    DESK_OFFICER = "desk_officer"
    RESEARCHER = "researcher"
    AUDITOR = "auditor"


ROLE_NAMES: Mapping[Role, LocalText] = MappingProxyType(
    {
        Role.PARTICIPATION_TEAM: LocalText("participatieteam", "participation team"),
        Role.COMMISSION_MEMBER: LocalText("commissielid", "commission member"),
        Role.DESK_OFFICER: LocalText("baliemedewerker", "desk officer"),
        Role.RESEARCHER: LocalText("onderzoeker", "researcher"),
        Role.AUDITOR: LocalText("controleur", "auditor"),
    }
)
