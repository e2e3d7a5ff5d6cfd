"""The comparison step: keep the greedy outcome when more ballots prefer it.

Wieliczka and Świecie did this; the definition is that of the computation tool of equalshares.net.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pb_engine.plugins.equal_shares.market import Market, Whole


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many ballots prefer which outcome.

    :ivar shares: ballots that prefer what Equal Shares funds.
    :ivar greedy: ballots that prefer what most votes first would have funded.
    :ivar order: what that would have funded, as places of projects, in order.
    """

    shares: int
    greedy: int
    order: tuple[int, ...]

    @property
    def greedy_wins(self) -> bool:
        """Whether the greedy outcome is kept: more ballots prefer it; equally many do not do."""
        return self.greedy > self.shares


def compare(market: Market, ours: Iterable[int], greedy: tuple[int, ...], by: str) -> Comparison:
    """Compare two lists of funded projects, ballot by ballot; free projects are in both.

    :param by: ``satisfaction``: a ballot prefers the list with more projects that it marks;
        ``exclusion``: the only list that has any of them.
    """
    one, other = _marked(market, ours), _marked(market, greedy)
    if by == "exclusion":
        one, other = np.minimum(one, 1), np.minimum(other, 1)
    times = market.support.times
    shares, rival = int(times[one > other].sum()), int(times[other > one].sum())
    return Comparison(shares, rival, greedy)


def _marked(market: Market, funded: Iterable[int]) -> Whole:
    """Return how many of these projects, and of the free ones, each distinct ballot supports."""
    found = np.zeros(market.ballots, dtype=np.int64)
    for at in (*market.free, *funded):
        found[market.backers[at]] += 1
    return found
