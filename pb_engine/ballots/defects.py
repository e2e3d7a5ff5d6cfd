"""Why a paper ballot does not count: a closed list."""

from __future__ import annotations

from enum import StrEnum


class Defect(StrEnum):
    """What is wrong with a sheet of paper."""

    BLANK = "blank"
    """Nothing is marked, where something must be."""
    UNREADABLE = "unreadable"
    """It cannot be told what is marked."""
    TOO_MANY = "too_many"
    """More is marked than the paper allows."""
    OTHER = "other"
    """Something else, said in words."""
    LATE = "late"
    """It was handed in after the end."""
    FOREIGN = "foreign"
    """It is no ballot paper of this round."""


SPOILT = frozenset({Defect.BLANK, Defect.UNREADABLE, Defect.TOO_MANY, Defect.OTHER})
"""A ballot of this round, handed in in time, that says nothing countable."""

VOID = frozenset({Defect.LATE, Defect.FOREIGN})
"""Not admitted to the count, whatever it says."""
