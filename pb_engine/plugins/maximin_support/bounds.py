"""Sets of projects that prove a load too low, found without a flow.

All ballots that support one project of a set carry the costs of that set together, so no division
has a heaviest load below the cost of the set by their number.  Any set proves something, however
it was found; climbing only looks for one that proves much.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from pb_engine.plugins.maximin_support.crowd import Crowd


def climb(crowd: Crowd, some: Iterable[int], among: Iterable[int]) -> tuple[Fraction, frozenset[int]]:
    """Make a set denser as long as single projects show how; return its density and the set.

    :param some: where to start; the result is at least as dense.
    :param among: the projects that may come in.

    The density rises in every turn, so there is an end.
    """
    best = frozenset(some)
    load = crowd.density(best)
    while (better := improved(crowd, best, among, load)) != best:
        best, load = better, crowd.density(better)
    return load, best


def lacking(crowd: Crowd, at: int, among: Iterable[int], load: Fraction) -> Fraction:
    """Return cents that certainly can't be paid when no ballot carries more than a load.

    :param at: the project that lacks something.
    :param among: the projects that may come in, with itself.
    """
    return max(_lacking(crowd, frozenset(some), among, load) for some in ((at,), among))


def _lacking(
    crowd: Crowd, some: frozenset[int], among: Iterable[int], load: Fraction
) -> Fraction:
    while (better := improved(crowd, some, among, load)) != some:
        some = better
    return crowd.cost(some) - load * crowd.count(crowd.reach(some))


def improved(
    crowd: Crowd, some: frozenset[int], among: Iterable[int], load: Fraction
) -> frozenset[int]:
    """Take in or leave out every project that brings more than what its own ballots can carry.

    What a set lacks at this load (its cost less what its ballots carry) grows by that at least:
    two projects that come in bring no more ballots together than one by one, and two that go take
    no fewer with them.
    """
    reached = crowd.reach(some)
    more = {
        at
        for at in among
        if at not in some and crowd.costs[at] > load * crowd.further(at, reached)
    }
    return some | more if more else some - _idle(crowd, some, load)


def _idle(crowd: Crowd, some: frozenset[int], load: Fraction) -> set[int]:
    """Return the projects that cost less than the ballots can carry that support no other one."""
    covered = np.zeros(len(crowd.times), dtype=np.int64)
    for at in some:
        covered[crowd.rows[at]] += 1
    shared = covered != 1
    return {at for at in some if crowd.costs[at] < load * crowd.further(at, shared)}
