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


def climb(
    crowd: Crowd, some: Iterable[int], among: Iterable[int]
) -> tuple[Fraction, frozenset[int]]:
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


def lacking(crowd: Crowd, some: Iterable[int], among: Iterable[int], load: Fraction) -> Fraction:
    """Return cents that certainly can't be paid when no ballot carries more than a load.

    :param some: where to start; what these lack can be paid by no means.
    :param among: the projects that may come in.
    """
    best = frozenset(some)
    while (better := improved(crowd, best, among, load)) != best:
        best = better
    return crowd.cost(best) - load * crowd.count(crowd.reach(best))


def improved(
    crowd: Crowd, some: frozenset[int], among: Iterable[int], load: Fraction
) -> frozenset[int]:
    """Take in or leave out every project that brings more than what its own ballots can carry.

    What a set lacks at this load (its cost less what its ballots carry) grows by that at least:
    two projects that come in bring no more ballots together than one by one, and two that go take
    no fewer with them.
    """
    further = crowd.further(crowd.reach(some), set(among) - some)
    more = {at for at, ballots in further.items() if crowd.costs[at] > load * ballots}
    return some | more if more else some - _idle(crowd, some, load)


def _idle(crowd: Crowd, some: frozenset[int], load: Fraction) -> set[int]:
    """Return the projects that cost less than the ballots can carry that support no other one."""
    covered = np.zeros(len(crowd.times), dtype=np.int64)
    for at in some:
        covered[crowd.rows[at]] += 1
    alone = crowd.further(covered != 1, some)
    return {at for at, ballots in alone.items() if crowd.costs[at] < load * ballots}
