"""Many runs with rising endowments, most of them proven instead of made.

**The proof.**  Take two endowments at which the same projects are bought in the same order.  At
every endowment between them, as long as that order holds, every ballot has at each purchase no
less than at the lower endowment and no more than at the upper one; so the price of a purchase is
at most what it was at the lower one, and every other project asks at least what it asked at the
upper one.  When, purchase by purchase, the first is below the second, the order does hold, from
the first purchase to the last, and nothing further becomes affordable.  Then all runs between
the two buy the same, and none of them needs to be made.  A purchase that has exactly one price at
both ends proves as much: that price holds between them, nothing asks less, and the lot is fixed.

As long as two runs bought the same, what is known about the prices of the upper one also holds in
every run below it; that is why a run between two others asks few prices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.purses import CLOSE
from pb_engine.plugins.equal_shares.run import Bought, Run, run


@dataclass(frozen=True, slots=True)
class _Rung:
    number: int
    run: Run


def climb(market: Market, start: Run, endowment: Fraction, step: int) -> Iterator[Run]:
    """Yield the runs at ``endowment + step``, ``endowment + 2 * step`` ... that may differ.

    A run that is left out buys what the run yielded before it bought, in the same order.  The
    last of several equal runs is yielded before the first that differs.

    :param start: the run before the first step.
    """
    lower, leap = _Rung(0, start), 1
    above: list[_Rung] = []
    while True:
        if not above:
            number = lower.number + leap
            above.append(_at(market, lower, endowment + step * number, number))
            leap *= 2
        upper = above[-1]
        if alike(lower.run, upper.run):
            lower = above.pop()
            yield lower.run
        elif upper.number == lower.number + 1:
            lower = above.pop()
            leap = 1
            yield lower.run
        else:
            middle = (lower.number + upper.number) // 2
            above.append(_at(market, lower, endowment + step * middle, middle, upper))


def _at(
    market: Market, lower: _Rung, endowment: Fraction, number: int, above: _Rung | None = None
) -> _Rung:
    reach = [one.high for one in lower.run.bought]
    return _Rung(number, run(market, endowment, reach, above.run if above else None))


def alike(lower: Run, upper: Run) -> bool:
    """Say whether every run between these two certainly buys the same in the same order."""
    if lower.selected != upper.selected:
        return False
    pairs = enumerate(zip(lower.bought, upper.bought, strict=True))
    return all(
        (below.high < above.next_low and not above.tied)
        or (below.sure and above.sure and below.stall.opening == above.stall.opening)
        or (_close(below, above) and lower.price(at) == upper.price(at))
        for at, (below, above) in pairs
    )


def _close(below: Bought, above: Bought) -> bool:
    return below.high - above.high <= above.high * 2 * CLOSE
