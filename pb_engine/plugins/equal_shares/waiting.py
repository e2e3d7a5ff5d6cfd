"""Projects that wait to be bought, the certainly cheapest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from math import inf

from pb_engine.plugins.equal_shares.market import Market, Stall

Entry = tuple[float, int, Stall]
"""A price per value, the place in the lot, and the project that waits."""


class Waiting:
    """A heap of projects by a price per value that is certainly not too high.

    Prices only rise while money is spent, so an old lower bound stays a lower bound, and most
    projects need not be looked at in most steps.

    :ivar raised: the bounds that were raised since this list was last emptied; infinite for a
        project that its supporters can no longer pay.
    """

    def __init__(self, market: Market) -> None:
        self._lows = list(market.opening)
        self._heap: list[Entry] = list(market.queue)
        self.raised: list[tuple[Stall, float]] = []

    def __iter__(self) -> Iterator[Entry]:
        """Yield what waits, in no particular order."""
        return (entry for entry in self._heap if self._lows[entry[2].at] == entry[0])

    def first(self) -> Entry | None:
        """Return the lowest bound, of equal ones the first by lot; ``None`` when nothing waits."""
        heap, lows = self._heap, self._lows
        while heap and lows[heap[0][2].at] != heap[0][0]:
            heappop(heap)
        return heap[0] if heap else None

    def take(self) -> None:
        """Take out what ``first`` returned; put it back with ``put`` if it is not bought."""
        heappop(self._heap)

    def put(self, stall: Stall, low: float) -> None:
        """Put a project back."""
        low = max(low, self._lows[stall.at])
        self._lows[stall.at] = low
        heappush(self._heap, (low, stall.lot, stall))

    def buy(self, stall: Stall) -> None:
        """Let a project that was taken out wait no more."""
        self._lows[stall.at] = inf

    def learn(self, stall: Stall, low: float) -> None:
        """Raise a bound, and remember that; the project is not put back."""
        if low > self._lows[stall.at]:
            self._lows[stall.at] = low
            self.raised.append((stall, low))

    def believe(self, raised: Iterable[tuple[Stall, float]]) -> None:
        """Raise bounds that were learned elsewhere."""
        for stall, low in raised:
            if low > self._lows[stall.at]:
                self._lows[stall.at] = low
                self.raised.append((stall, low))
                if low < inf:
                    heappush(self._heap, (low, stall.lot, stall))

    def drop(self, stalls: Iterable[Stall]) -> None:
        """Forget projects that cannot be paid."""
        for stall in stalls:
            self.learn(stall, inf)
        self._heap = list(self)
        heapify(self._heap)
