"""What helps an idea along: somebody of the team, or a place that may be used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pb_engine.units import IdeaId, RoundId

LONGEST_AID_NAME = 80
LONGEST_AID_DETAIL = 200
MOST_AIDS = 6
"""For one idea."""


class AidKind(StrEnum):
    """What it is."""

    HELPER = "helper"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Aid:
    """Something that helps an idea along; everybody may read it.

    :ivar id: random.
    :ivar name: who helps, or what the place is called.
    :ivar detail: how to reach the helper; the address of the place, and when it is open.
    """

    id: str
    round: RoundId
    idea: IdeaId
    kind: AidKind
    name: str
    detail: str
