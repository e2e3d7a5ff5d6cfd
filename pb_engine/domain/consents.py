"""What submitters say of a proposal to merge their ideas, or to split one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.units import IdeaId


class ConsentState(StrEnum):
    """What somebody said."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Consent:
    """The question to one submitter, and the answer.

    :ivar idea: the idea that would go into ``into``; where the two are one idea, it would be split.
    :ivar of_idea: which of the two the submitter submitted, at ``place`` in its list, from 0.
    :ivar decided_by: ``resident`` who answered by the link, or the official who wrote it down.
    :ivar way: how it was said to that official: in person, by phone.
    :ivar words: what was said.
    """

    id: str
    idea: IdeaId
    into: IdeaId
    of_idea: IdeaId
    place: int
    asked_on: date
    state: ConsentState = ConsentState.ASKED
    decided_on: date | None = None
    decided_by: str = ""
    way: str = ""
    words: str = ""
