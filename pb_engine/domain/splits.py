"""A proposal to make two ideas of one, and how a submitter without e-mail said what of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.units import IdeaId

SHORTEST_WORDS, LONGEST_WORDS = 5, 500


class Way(StrEnum):
    """How a submitter said it to an official."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two ideas; ``cost_cents`` is ``None`` where no amount could be read."""

    title: str
    description: str
    cost_cents: int | None


@dataclass(frozen=True, slots=True)
class SplitProposal:
    """The two ideas that would come of one: what submitters are asked about."""

    idea: IdeaId
    parts: tuple[Part, Part]
    made_by: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """What an official writes down of an answer.

    :ivar way: a word of ``Way``.
    :ivar said_on: the day on which it was said; ``None`` where no day could be read.
    :ivar words: what was said, in the words of the submitter.
    """

    agreed: bool
    way: str
    said_on: date | None
    words: str
