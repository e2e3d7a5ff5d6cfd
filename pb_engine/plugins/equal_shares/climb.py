"""Many runs with rising endowments, most of them proven instead of made.

**The proof.**  Take two endowments at which the same projects are bought in the same order.  At
every endowment between them, as long as that order holds, every ballot has at each purchase no
less than at the lower endowment and no more than at the upper one; so the price of a purchase is
at most what it was at the lower one, and every other project asks at least what it asked at the
upper one.  When, purchase by purchase, the first is below the second, the order does hold, from
the first purchase to the last, and nothing further becomes affordable.  Then all runs between
the two buy the same, and none of them needs to be made.  An exact tie proves as much when the
lot is on the side of what was bought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.run import Run, run


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
            above.append(_at(market, lower, endowment, step, lower.number + leap))
            leap *= 2
        upper = above[-1]
        if _alike(lower.run, upper.run):
            lower = above.pop()
            yield lower.run
        elif upper.number == lower.number + 1:
            lower = above.pop()
            leap = 1
            yield lower.run
        else:
            middle = (lower.number + upper.number) // 2
            above.append(_at(market, lower, endowment, step, middle))


def _at(market: Market, lower: _Rung, endowment: Fraction, step: int, number: int) -> _Rung:
    reach = [one.high for one in lower.run.bought]
    return _Rung(number, run(market, endowment + step * number, reach))


def _alike(lower: Run, upper: Run) -> bool:
    """Say whether every run between these two certainly buys the same in the same order."""
    if lower.selected != upper.selected:
        return False
    pairs = list(zip(lower.bought, upper.bought, strict=True))
    if not all(below.high < above.next_low for below, above in pairs):
        return False
    return all(
        upper.price(at) == lower.price(at) for at, (_, above) in enumerate(pairs) if above.tied
    )
