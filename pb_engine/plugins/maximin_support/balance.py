"""How evenly the costs of projects can be shared by their supporters, exactly.

The heaviest load can't be smaller than the cost of any set of projects divided by the number of
ballots that support one of them, and a maximum flow shows that the heaviest of these quotients is
reached.  The set that a flow leaves unpaid is the next candidate (Dinkelbach's method): the
quotients rise, and the last one is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pb_engine.plugins.maximin_support.bounds import climb
from pb_engine.plugins.maximin_support.crowd import Crowd
from pb_engine.plugins.maximin_support.division import Division
from pb_engine.plugins.maximin_support.flow import Flow


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """The most even division, or a proof that it is not even enough to be of interest.

    :ivar load: what the most burdened ballot carries: exactly, or at least when there is no
        division.
    :ivar proof: projects whose ballots can't carry their costs with less, if they were looked for.
    """

    load: Fraction
    proof: frozenset[int]
    division: Division | None = None


def balance(crowd: Crowd, start: Division, least: Balance, most: Fraction | None) -> Balance:
    """Find the smallest possible load of the most burdened ballot, in cents.

    :param start: the projects, and what is paid for them already by ballots that carry no more
        than the least load: the better, the sooner this is done.
    :param least: a load that is certainly not too high.
    :param most: a larger load is of no interest.
    """
    division, load, proof = start, least.load, least.proof
    while most is None or load <= most:
        flow = Flow(crowd, division, load)
        if not flow.run():
            return Balance(load, proof, flow.division)
        load, proof = climb(crowd, flow.stuck, start.paid)
        division = flow.division
    return Balance(load, proof)


def unpaid(crowd: Crowd, start: Division, load: Fraction, enough: int) -> Fraction:
    """Return what can't be paid when no ballot carries more than a load, in cents.

    :param enough: parts of a cent, of which the load has as many as its denominator says: it does
        not matter by how much what can't be paid is less than this, so the search may end there.
    """
    return Fraction(Flow(crowd, start, load).run(enough), load.denominator)
