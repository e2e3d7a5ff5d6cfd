"""What a project asks when its supporters may leave a part of its cost to the others.

Reals only choose what is worth an exact look: every estimate carries a bound on its error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np

from pb_engine.plugins.equal_shares.ledger import TINY
from pb_engine.plugins.equal_shares.market import Reals, Stall, Whole
from pb_engine.plugins.equal_shares.wallets import Backing, Wallets


@dataclass(frozen=True, slots=True)
class Bid:
    """A way to pay for a project, exactly.

    :ivar rate: price per value by the covered share: the lowest is bought.
    :ivar share: which part of the cost the supporters cover before they are asked for more.
    :ivar price: what a mark of weight 1 is then asked, in cents.
    """

    rate: Fraction
    share: Fraction
    price: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """Estimates of all ways to pay for a project.

    :ivar lows: for each line of ``backing``: the rate when its ballots just pay all they have is
        certainly not less than this; infinite where that covers more than the cost.
    :ivar whole: the price per weight that pays the whole cost is certainly not less than this;
        infinite when they cannot.
    """

    stall: Stall
    backing: Backing
    lows: Reals
    whole: float
    high: float

    @property
    def low(self) -> float:
        """The rate is certainly not less than this."""
        lows: list[float] = [self.whole / self.stall.value, *self.lows.tolist()]
        return min(lows)


def offer(wallets: Wallets, stall: Stall) -> Offer | None:
    """Estimate what a project asks; ``None`` when its supporters have nothing left.

    With payments of at most x per weight they cover C(x) of the cost.  C is concave and made of
    straight pieces, and x / C(x)**2 falls after it rose on each of them: its least value lies
    where some ballot just pays all it has, or where the whole cost is paid.
    """
    backing = wallets.backing(stall)
    if not len(backing.classes):
        return None
    ratio = wallets.reals[backing.classes] / backing.weights
    order = np.argsort(ratio, kind="stable")
    counts = backing.counts[order]
    price, mass = ratio[order], np.cumsum(counts * backing.weights[order])
    funds = np.cumsum(wallets.reals[backing.classes[order]] * counts)
    rest = mass[-1] - mass
    covered = funds + rest * price
    doubt = (2 * len(price) + 32) * TINY
    rates = price * (stall.cost / covered) ** 2 / stall.value
    rates[covered > stall.cost * (1 + doubt)] = inf
    lows = np.empty_like(rates)
    lows[order] = rates * (1 - doubt)
    least, most = _whole(stall, funds, mass, covered, doubt)
    best = min(most / stall.value, *rates.min(keepdims=True).tolist())
    return Offer(
        stall=stall,
        backing=backing,
        lows=lows,
        whole=least,
        high=best * (1 + doubt),
    )


def _whole(
    stall: Stall, funds: Reals, mass: Whole, covered: Reals, doubt: float
) -> tuple[float, float]:
    """Return bounds on the price per weight that covers the whole cost; infinite: none may."""
    if covered[-1] < stall.cost * (1 - doubt):
        return inf, inf
    at = min(int(np.searchsorted(covered, stall.cost)), len(mass) - 1)
    paid, gone = (funds[at - 1], mass[at - 1]) if at else (0, 0)
    rest = mass[-1] - gone
    error = doubt * stall.cost / min(rest, max(1, mass[-1] - mass[at]))
    price = (stall.cost - paid) / rest
    least, most = np.array([price - error, price + error]).tolist()
    # Only when the supporters certainly have enough is the upper bound one.
    sure = covered[-1] > stall.cost * (1 + doubt)
    return least * (1 - doubt), most * (1 + doubt) if sure else inf


def best_bid(wallets: Wallets, asked: Offer, limit: float) -> Bid:
    """Return exactly the cheapest way to pay that may be below ``limit``.

    Of equal ones the one that covers the largest share of the cost.
    """
    return min(_bids(wallets, asked, limit), key=lambda bid: (bid.rate, -bid.share))


def _bids(wallets: Wallets, asked: Offer, limit: float) -> Iterator[Bid]:
    book = _Book(wallets, asked)
    if asked.whole / asked.stall.value <= limit:
        yield from book.whole(asked.whole)
    seen = set()
    for at in np.flatnonzero(asked.lows <= limit).tolist():
        terms = book.amounts[at], book.weights[at]
        if terms not in seen:
            seen.add(terms)
            yield book.up_to(*terms)


class _Book:
    def __init__(self, wallets: Wallets, asked: Offer) -> None:
        backing = asked.backing
        self.stall, self.unit = asked.stall, wallets.unit
        self.amounts = [wallets.amounts[at] for at in backing.classes.tolist()]
        self.weights: list[int] = backing.weights.tolist()
        self._counts: list[int] = backing.counts.tolist()

    def up_to(self, amount: int, weight: int) -> Bid:
        """Return the bid in which everybody pays at most ``amount / weight`` per weight."""
        lines = zip(self.amounts, self.weights, self._counts, strict=True)
        covered = sum(n * min(has * weight, amount * w) for has, w, n in lines)
        top = Fraction(amount, self.unit * weight)
        share = min(Fraction(1), Fraction(covered, self.unit * weight * self.stall.cost))
        return Bid(top / share**2 / self.stall.value, share, top / share)

    def whole(self, low: float) -> Iterator[Bid]:
        """Yield the bid that covers the whole cost, if there is one.

        :param low: a price that is not too high.  From below, the poor only become more.
        """
        cost = self.stall.cost * self.unit
        lines = list(zip(self.amounts, self.weights, self._counts, strict=True))
        if sum(has * n for has, _, n in lines) < cost:
            return
        price, poor, before = Fraction(low) * self.unit, 0, -1
        while poor != before:
            before = poor
            gone = [(has * n, w * n) for has, w, n in lines if has < price * w]
            poor, rich = len(gone), sum(w * n for _, w, n in lines) - sum(m for _, m in gone)
            price = (cost - sum(paid for paid, _ in gone)) / Fraction(rich)
        price /= self.unit
        yield Bid(price / self.stall.value, Fraction(1), price)
