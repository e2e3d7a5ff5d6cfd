"""Exact noise for sums: the discrete Laplace law, drawn with whole numbers only.

Source: Canonne, Kamath and Steinke, "The discrete Gaussian for differential privacy" (NeurIPS
2020), algorithms 1 and 2; the promise is that of Dwork, McSherry, Nissim and Smith (2006), in the
geometric form of Ghosh, Roughgarden and Sundararajan (2009).  No rounding of real numbers takes
place anywhere, so the attack of Mironov (CCS 2012) on their low bits finds nothing.

Units: those of the summed answers.  Guarantee: with uniform bits, ``discrete_laplace`` returns x
with probability proportional to exp(-|x| / scale), exactly; ``noisy_sum`` is epsilon-
differentially private for a person who gives one answer.  Not guaranteed: anything when the same
sum is drawn again (store the answer; ``ledger`` refuses a second draw), when a person gives
several answers, or about the *time* a draw takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pb_engine.disclosure.exact import positive_fraction
from pb_engine.disclosure.refusals import DisclosureRefused

Bits = Callable[[int], int]
"""``bits(n)`` gives a uniform number of n bits: 0 or more, below 2 to the n."""


def below(bits: Bits, limit: int) -> int:
    """Draw a uniform number, 0 or more and below ``limit``."""
    width = (limit - 1).bit_length()
    while width:
        if (drawn := bits(width)) < limit:
            return drawn
    return 0


def exponential_coin(bits: Bits, rate: Fraction) -> bool:
    """Return True with probability exp(-rate), for a rate from 0 to 1.

    The number of successes in a row of coins with chance rate/1, rate/2, rate/3 ... is even with
    just that probability.
    """
    turn = 1
    while below(bits, rate.denominator * turn) < rate.numerator:
        turn += 1
    return turn % 2 == 1


def discrete_laplace(bits: Bits, scale: Fraction) -> int:
    """Draw x with probability proportional to exp(-|x| / scale).

    :raises DisclosureRefused: the scale is no exact number above 0.
    """
    scale = positive_fraction(scale, "scale")
    while (drawn := attempt(bits, scale)) is None:
        pass
    return drawn


def attempt(bits: Bits, scale: Fraction) -> int | None:
    """Draw from the law of ``discrete_laplace``, or return None: then a draw is tried anew."""
    steps = scale.numerator
    rest = below(bits, steps)
    if not exponential_coin(bits, Fraction(rest, steps)):
        return None
    wholes = 0
    while exponential_coin(bits, Fraction(1)):
        wholes += 1
    size = (rest + steps * wholes) // scale.denominator
    negative = bits(1) == 1
    if negative and size == 0:  # 0 has one sign, or it would come twice as often
        return None
    return -size if negative else size


class Neighbours(StrEnum):
    """Between which two groups of people the promise makes no visible difference."""

    ONE_MORE = "one_more"  # with or without a person: also hides who took part
    ONE_OTHER = "one_other"  # a person who answers differently: the number of people is public


@dataclass(frozen=True, slots=True)
class NoisySum:
    """A sum with noise, and the scale of the noise (its mean size, nearly) for the reader."""

    total: int
    scale: Fraction


def noisy_sum(
    bits: Bits,
    answers: Iterable[int],
    low: int,
    high: int,
    epsilon: Fraction,
    neighbours: Neighbours = Neighbours.ONE_MORE,
) -> NoisySum:
    """Return the sum of answers, each moved into ``low`` to ``high``, plus noise for ``epsilon``.

    :param answers: one for each person.  An answer outside the bounds counts as the nearest bound:
        refusing it would tell that it is there.
    :raises DisclosureRefused: the bounds leave no choice, or epsilon is no exact number above 0.
    """
    if low >= high:
        raise DisclosureRefused(f"answers cannot lie between {low} and {high}")
    reach = high - low if neighbours is Neighbours.ONE_OTHER else max(abs(low), abs(high))
    scale = Fraction(reach, positive_fraction(epsilon, "epsilon"))
    total = sum(min(max(answer, low), high) for answer in answers)
    return NoisySum(total + discrete_laplace(bits, scale), scale)
