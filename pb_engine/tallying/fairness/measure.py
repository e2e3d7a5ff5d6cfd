"""Everything about the fairness of one outcome, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.ballots import BallotFormat
from pb_engine.tallying.election import Election
from pb_engine.tallying.fairness.areas import AreaShare, Place, shares_of
from pb_engine.tallying.fairness.claims import Check, Claim, checks_of
from pb_engine.tallying.fairness.gains import gains_of, gini, tally_of, total
from pb_engine.tallying.outcome import Exact, Outcome

Document = dict[str, object]

_CHOOSING = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL, BallotFormat.BASKET, None})


@dataclass(frozen=True, slots=True)
class Fairness:
    """How voters fare under an outcome; amounts in the election's smallest unit, all exact.

    :ivar voters: how many ballots there are; blank ones count.
    :ivar reached: place ``k`` says how many ballots support exactly ``k`` funded projects.
    :ivar money: what the funded projects on a ballot cost together, on average.
    :ivar gini: how unequal that money is over the ballots: 0 is equal, nearly 1 is all with one.
    :ivar checks: see ``claims``; none when ballots have weights.
    :ivar areas: what every place gets; none when no places are known.
    """

    voters: int
    reached: tuple[int, ...]
    money: Fraction
    gini: Fraction
    checks: tuple[Check, ...]
    areas: tuple[AreaShare, ...] = ()

    @property
    def served(self) -> int:
        """How many ballots support at least one funded project."""
        return self.voters - self.excluded

    @property
    def excluded(self) -> int:
        """How many ballots support no funded project."""
        return self.reached[0] if self.reached else 0

    @property
    def exclusion_ratio(self) -> Fraction:
        """The part of the ballots that support no funded project; 0 when there are none."""
        return Fraction(self.excluded, self.voters) if self.voters else Fraction(0)

    def check(self, axiom: str) -> Check | None:
        """Return the answer to one of ``AXIOMS``; ``None`` when it was not asked."""
        return next((one for one in self.checks if one.axiom == axiom), None)

    def document(self) -> Document:
        """Return all of it as plain values; a rational is a text such as ``"1/3"``."""
        return {
            "voters": self.voters,
            "served": self.served,
            "excluded": self.excluded,
            "exclusion_ratio": exact(self.exclusion_ratio),
            "reached": list(self.reached),
            "average_money": exact(self.money),
            "gini": exact(self.gini),
            "ejr_plus": {
                check.axiom: {
                    "holds": check.holds,
                    "claims": [_claim_document(claim) for claim in check.claims],
                }
                for check in self.checks
            },
            "areas": [_area_document(area) for area in self.areas],
        }


def fairness_of(election: Election, outcome: Outcome, places: Sequence[Place] = ()) -> Fairness:
    """Measure an outcome.

    :param places: parts of the town, or themes, with their projects.
    """
    funded = frozenset(outcome.selected)
    gains = gains_of(election, funded)
    voters = election.profile.voters
    reached = dict(tally_of(gains.number, gains.times))
    asked = voters and election.profile.format in _CHOOSING
    return Fairness(
        voters=voters,
        reached=tuple(reached.get(k, 0) for k in range(max(reached, default=-1) + 1)),
        money=Fraction(total(gains.money, gains.times), voters or 1),
        gini=gini(gains.money, gains.times),
        checks=checks_of(election, gains, funded) if asked else (),
        areas=shares_of(election, funded, places),
    )


def exact(number: Fraction) -> Exact:
    """Write a rational as a plain value: a whole number, or a text."""
    return number.numerator if number.denominator == 1 else str(number)


def _claim_document(claim: Claim) -> Document:
    return {
        "project": claim.project,
        "voters": claim.voters,
        "share": exact(claim.share),
        "most": claim.most,
        "due": claim.due,
    }


def _area_document(area: AreaShare) -> Document:
    living = area.residents_part
    return {
        "name": area.name,
        "projects": area.projects,
        "funded": area.funded,
        "money": exact(area.money),
        "money_part": exact(area.money_part),
        "votes_part": exact(area.votes_part),
        "residents": area.residents,
        "residents_part": None if living is None else exact(living),
    }
