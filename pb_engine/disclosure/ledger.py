"""What a study may still give away: a budget of epsilon, in exact fractions.

Source: basic sequential composition (Dwork, McSherry, Nissim and Smith 2006): what two releases
give away adds up.  Units: epsilon, per person and study.  Guarantee: no ledger exists whose
entries add up to more than its limit, or that holds a release twice; so the whole study is limit-
differentially private, as far as every noisy release went through it.  Not guaranteed: anything
about releases made without noise, such as exact official totals, which are public by law.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from pb_engine.disclosure.exact import positive_fraction
from pb_engine.disclosure.refusals import DisclosureRefused

STUDY_LIMIT = Fraction(3)
RELEASE_LIMIT = Fraction(1)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one release cost."""

    release: str
    epsilon: Fraction


@dataclass(frozen=True, slots=True)
class EpsilonLedger:
    """The budget of a study and what was spent of it, oldest first.

    :raises DisclosureRefused: a limit or entry that is no exact number above 0, an entry above the
        limit of a release, entries above the limit of the study, or a release that stands twice.
    """

    limit: Fraction = STUDY_LIMIT
    per_release: Fraction = RELEASE_LIMIT
    entries: tuple[Spent, ...] = ()

    def __post_init__(self) -> None:
        positive_fraction(self.limit, "the limit of the study")
        positive_fraction(self.per_release, "the limit of a release")
        left = self.limit
        names: set[str] = set()
        for entry in self.entries:
            self._check(entry, left, names)
            left -= entry.epsilon
            names.add(entry.release)

    @property
    def left(self) -> Fraction:
        """What may still be spent."""
        return self.limit - sum((entry.epsilon for entry in self.entries), Fraction(0))

    def spend(self, release: str, epsilon: Fraction) -> EpsilonLedger:
        """Return the ledger after this release; spend *before* drawing the noise.

        A release that was drawn once is read from the store again, never drawn again.

        :raises DisclosureRefused: there is not enough left, or the release stands in it already.
        """
        entry = Spent(release, positive_fraction(epsilon, "epsilon"))
        return replace(self, entries=(*self.entries, entry))

    def _check(self, entry: Spent, left: Fraction, names: set[str]) -> None:
        asked = positive_fraction(entry.epsilon, "epsilon")
        if entry.release in names:
            raise DisclosureRefused(f"release {entry.release!r} was drawn before; use what it gave")
        if asked > self.per_release:
            raise DisclosureRefused(
                f"release {entry.release!r} asks epsilon {asked}; one may have {self.per_release}"
            )
        if asked > left:
            raise DisclosureRefused(
                f"release {entry.release!r} asks epsilon {asked}; the study has {left} left"
            )
