"""How far ballots point at their voters, before open ballots are published.

A long ballot is a fingerprint: with 31 to 60 projects two of three real approval ballots occur
once, and whoever was told three choices often finds the rest.  Making ballots k-anonymous is no
way out, since it would drop nearly all of them; so the report is printed beside the file, and the
council decides.  Source: the counting follows Sweeney's uniqueness (2000) and k^m-anonymity
(Terrovitis, Mamoulis and Kalnis, VLDB 2008); the limits are the house's own.

Units: ballots, and exact shares of ballots.  Guarantee: the shares are exact, not estimates.  Not
guaranteed: that a ballot which is not unique tells nothing, or safety against a voter who *wants*
to be recognised by an agreed pattern of unlikely projects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pb_engine.ballots import Ballot
from pb_engine.disclosure.pins import pinned_share, rare_pair_share

MANY_MARKS = 12
LEAST_BALLOTS_TO_OPEN = 100
LEAST_BALLOTS_FOR_LONG_FORM = 500
LONG_FORM_MARKS = 5
LONG_FORM_PROJECTS = 20
LEAST_GROUP = 25
RARE_PAIR = 5
KNOWN_MARKS = 3


class Concern(StrEnum):
    """What speaks against open ballots, gravest first."""

    TOO_FEW_FOR_ANY = "too_few_for_any"
    FEW_BALLOTS = "few_ballots"
    LONG_FORM = "long_form"
    MANY_MARKS = "many_marks"


class Advice(StrEnum):
    """What the engine does unless the council decides otherwise; totals are always published."""

    OPEN = "open"
    OFF = "off"
    TOTALS_ONLY = "totals_only"


@dataclass(frozen=True, slots=True)
class FingerprintReport:
    """Risk figures of a set of ballots.

    :ivar marks: pairs (number of marks, ballots with that number), ascending.
    :ivar unique: share of ballots that no other ballot equals.
    :ivar rare_pair: share of ballots with two marks that fewer than 5 ballots have together.
    :ivar pinned: chance that three marks of a ballot, told to an attacker, point it out.
    """

    ballots: int
    projects: int
    marks: tuple[tuple[int, int], ...]
    unique: Fraction
    rare_pair: Fraction
    pinned: Fraction
    concerns: tuple[Concern, ...]

    @property
    def advice(self) -> Advice:
        """What to do; many marks alone are a warning and switch nothing off."""
        if Concern.TOO_FEW_FOR_ANY in self.concerns:
            return Advice.TOTALS_ONLY
        off = {Concern.FEW_BALLOTS, Concern.LONG_FORM}
        return Advice.OPEN if off.isdisjoint(self.concerns) else Advice.OFF


def fingerprint_report(ballots: Sequence[Ballot], projects: int) -> FingerprintReport:
    """Report how far these ballots, with ``projects`` projects on the paper, are fingerprints."""
    equal = Counter(ballot.marks for ballot in ballots)
    choices = [frozenset(ballot.projects) for ballot in ballots]
    lengths = Counter(len(chosen) for chosen in choices)
    alone = sum(1 for number in equal.values() if number == 1)
    return FingerprintReport(
        ballots=len(ballots),
        projects=projects,
        marks=tuple(sorted(lengths.items())),
        unique=Fraction(alone, max(1, len(ballots))),
        rare_pair=rare_pair_share(choices, RARE_PAIR),
        pinned=pinned_share(choices, KNOWN_MARKS),
        concerns=_concerns(len(ballots), projects, max(lengths, default=0)),
    )


def _concerns(ballots: int, projects: int, most: int) -> tuple[Concern, ...]:
    long_form = most > LONG_FORM_MARKS and projects > LONG_FORM_PROJECTS
    holds = {
        Concern.TOO_FEW_FOR_ANY: ballots < LEAST_GROUP,
        Concern.FEW_BALLOTS: ballots < LEAST_BALLOTS_TO_OPEN,
        Concern.LONG_FORM: long_form and ballots < LEAST_BALLOTS_FOR_LONG_FORM,
        Concern.MANY_MARKS: most > MANY_MARKS,
    }
    return tuple(concern for concern in Concern if holds[concern])
