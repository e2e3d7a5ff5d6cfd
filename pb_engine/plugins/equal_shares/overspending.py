"""Equal Shares with bounded overspending, exact.

G. Papasotiropoulos, S. Z. Pishbin, O. Skibski, P. Skowron and T. Wąs, "Method of Equal Shares with
Bounded Overspending" (2024), the rule BOS.  Each step looks at every project that fits into what
is left of the budget and at every share a, up to 1, of its cost: let r be the least price such that
its supporters, each paying at most a times r per unit of utility and no more than they have, cover
that share.  The project and the share with the least r / a are bought, and the supporters pay r per
unit of utility, or all they have.  What they do not pay comes out of what others leave unspent.

Definitions of our own, where the paper leaves a choice: equal projects fall by the lot; of equal
shares the largest counts; and a price whose denominator has more than 4,096 bits is rounded up to a
whole multiple of 2**-64 cents, since exact prices may double their length with every purchase.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np

from pb_engine.plugins.equal_shares.bids import Bid, Offer, best_bid, offer
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.purses import Purses
from pb_engine.plugins.equal_shares.run import Bought, Run
from pb_engine.plugins.equal_shares.waiting import Waiting
from pb_engine.plugins.equal_shares.wallets import Wallets

_LONG, _FINE = 4096, 2**64


@dataclass(frozen=True, slots=True, eq=False)
class Overspent:
    """A run with bounded overspending.

    :ivar unpaid: for each purchase: what the supporters did not pay, in cents.
    """

    run: Run
    unpaid: tuple[Fraction, ...]


def run_overspending(market: Market, endowment: Fraction) -> Overspent:
    """Buy as this module says, until nothing fits or the supporters of what fits have nothing."""
    buyer = _Buyer(market, endowment)
    while buyer.buy():
        pass
    bought = tuple(buyer.bought)
    cost = sum(one.stall.cost for one in bought)
    return Overspent(Run(endowment, bought, buyer.purses, cost), tuple(buyer.unpaid))


class _Buyer:
    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.wallets, self.purses = Wallets(market, endowment), Purses(market, endowment)
        self.waiting, self.left = Waiting(market), int(market.election.budget)
        self.bought: list[Bought] = []
        self.unpaid: list[Fraction] = []

    def buy(self) -> bool:
        offers = self._offers()
        if not offers:
            return False
        limit = min(one.high for one in offers)
        close = [one for one in offers if one.low <= limit]
        bids = [best_bid(self.wallets, one, limit) for one in close]
        lowest = min(bid.rate for bid in bids)
        equal = [(o, b) for o, b in zip(close, bids, strict=True) if b.rate == lowest]
        chosen, bid = min(equal, key=lambda pair: pair[0].stall.lot)
        for one in offers:
            if one is not chosen:
                self.waiting.put(one.stall, one.low)
        self.waiting.buy(chosen.stall)
        self._pay(chosen, bid, tuple(o.stall.at for o, _ in equal if o is not chosen))
        return True

    def _offers(self) -> list[Offer]:
        offers: list[Offer] = []
        limit = inf
        while (first := self.waiting.first()) and first[0] <= limit:
            stall = first[2]
            self.waiting.take()
            asked = offer(self.wallets, stall) if stall.cost <= self.left else None
            if asked is None:
                self.waiting.learn(stall, inf)
            else:
                offers.append(asked)
                limit = min(limit, asked.high)
        return offers

    def _pay(self, chosen: Offer, bid: Bid, tied: tuple[int, ...]) -> None:
        stall, price = chosen.stall, bid.price
        if price.denominator.bit_length() > _LONG:
            price = Fraction(-(-price.numerator * _FINE // price.denominator), _FINE)
        emptied, paid = self.wallets.pay(stall, chosen.backing, price)
        self.purses.ledger.empty[stall.rows[chosen.backing.line < 0]] = True
        poor = (chosen.backing.line < 0) | np.isin(chosen.backing.line, emptied)
        self.purses.ledger.add(stall, price, poor)
        self.unpaid.append(max(Fraction(0), stall.cost - paid))
        self.left -= stall.cost
        self.bought.append(Bought(stall, tied, inf, inf, sure=False, follow=False, raised=()))
