"""The runs of an official add1 count, kept, so that many questions can be asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from pb_engine.api import Settings
from pb_engine.plugins.equal_shares.climb import climb
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.run import Run, run


@dataclass(frozen=True, slots=True)
class Rung:
    """A stretch of endowments at which the same is bought, from ``lower`` to ``upper``."""

    lower: Run
    upper: Run


class Ladder:
    """Runs with rising endowments, from below the share to the first that costs too much.

    :ivar rungs: stretches without a gap between them, ascending; the last may cost too much.
    :ivar step: by how much endowments rise, in cents.
    """

    def __init__(self, market: Market, step: int) -> None:
        self.step, self._market = step, market
        share = Fraction(market.election.budget, market.voters)
        self.lowest = Fraction(share // step * step)
        self.rungs = self._climb(self.lowest, None)

    @property
    def affordable(self) -> list[Rung]:
        """The stretches within the budget."""
        budget = self._market.election.budget
        return list(takewhile(lambda rung: rung.upper.cost <= budget, self.rungs))

    @property
    def last(self) -> Run | None:
        """The last run within the budget; ``None`` unless the next one costs too much."""
        over = self.rungs[-1].upper.cost > self._market.election.budget
        return self.rungs[-2].upper if over and len(self.rungs) > 1 else None

    def reach(self, endowment: Fraction) -> None:
        """Begin at this endowment, a whole number of steps, if the ladder does not yet."""
        if endowment < self.lowest:
            self.rungs = [*self._climb(endowment, self.lowest), *self.rungs]
            self.lowest = endowment

    def _climb(self, start: Fraction, end: Fraction | None) -> list[Rung]:
        below = run(self._market, start)
        rungs = [Rung(below, below)]
        for following in climb(self._market, below, start, self.step):
            if end is not None and following.endowment >= end:
                if below.endowment < end - self.step:
                    rungs.append(Rung(below, following))
                break
            single = following.endowment == below.endowment + self.step
            rungs.append(Rung(following if single else below, following))
            below = following
            if below.cost > self._market.election.budget:
                break
            if len(below.bought) == len(self._market.stalls):
                break
        return rungs


def ladder_for(market: Market, settings: Settings) -> Ladder | None:
    """Return the ladder of a count, if it is one of the official add1."""
    official = settings["completion"].startswith("add1") and settings["variant"] == "official"
    if not official or not market.voters:
        return None
    return Ladder(market, settings["step"] * market.election.unit)
