"""How many more ballots a project needed, exactly, without counting for every number of them.

**The proof.**  Take further ballots that mark one project only.  As long as it is not bought they
pay for nothing, so all else goes as in a count of the other projects alone.  In such a count with
endowment e the project would have been bought before a purchase at price p as soon as what its
supporters can pay at p, and the further ballots with them, reaches its cost; and at the end as soon
as what they have left does.  That gives for every endowment a number below which it is not bought;
and for every stretch of endowments at which the others buy the same in the same order, since in
between nobody has more than at its upper end and no price is higher than at its lower end.  Numbers
that this leaves open are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pb_engine.api import Settings
from pb_engine.plugins.equal_shares.bounds import enough, filled
from pb_engine.plugins.equal_shares.climb import alike
from pb_engine.plugins.equal_shares.completion import Completed, count
from pb_engine.plugins.equal_shares.ladder import Ladder, Rung, ladder_for
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.run import run


@dataclass(frozen=True, slots=True, eq=False)
class Short:
    """What a project lacked.

    :ivar ballots: with so many further ballots it is funded, and with every smaller number it is
        not; ``None``: it is not with any number up to ``tried``.
    :ivar counted: how many counts were made; the other numbers are proven.
    :ivar then: the count with that many further ballots.
    """

    ballots: int | None
    tried: int
    counted: int
    then: Completed | None = None


def search(
    market: Market,
    settings: Settings,
    at: int,
    most: int,
    tries: int,
    ladder: Ladder | None = None,
) -> Short:
    """Find the least number of further ballots, for the project at this place alone, that fund it.

    :param most: the largest number that is looked at.
    :param tries: how many counts are made at most.
    :param ladder: of ``ladder_for``, when several projects of one election are asked about.
    """
    if market.election.projects[at].cost > market.election.budget:
        return Short(None, most, 0)
    plan = _plan(market, settings, at, ladder)
    counted = 0
    for number in range(most + 1):
        if plan.proven(number):
            continue
        if counted == tries:
            return Short(None, number - 1, counted)
        counted += 1
        grown = market.with_more(at, number) if number else market
        then = count(grown, settings, plan.safe(number))
        if then is not None and at in (*grown.free, *then.selected):
            return Short(number, number, counted, then)
    return Short(None, most, counted)


class _Plan:
    """Nothing is proven: every number is counted."""

    def proven(self, number: int) -> bool:
        """Say whether this number is certainly not enough."""
        del number
        return False

    def safe(self, number: int) -> Fraction | None:
        """Return an endowment that add1 reaches before anything is different."""
        del number
        return None


def _plan(market: Market, settings: Settings, at: int, ladder: Ladder | None) -> _Plan:
    completion, stall = settings["completion"], market.stall_at(at)
    plain = settings["comparison"] == "none" and not completion.startswith("overspending")
    weighed = stall is not None and stall.weights is not None
    if not plain or weighed or not market.voters or not market.election.projects[at].cost:
        return _Plan()
    if not completion.startswith("add1"):
        return _Single(market, settings, at)
    ladder = ladder or ladder_for(market, settings)
    return _Plan() if ladder is None else _Raising(market, settings, at, ladder)


class _Single(_Plan):
    """One run, with the budget by the number of ballots."""

    def __init__(self, market: Market, settings: Settings, at: int) -> None:
        self._market, self._at = market, at
        self._others = market.without(at)
        self._greedy = settings["completion"].endswith("greedy")
        self._until, self._leap = -1, 1

    def proven(self, number: int) -> bool:
        while self._until < number:
            if self._stretch(number, number + self._leap):
                self._until = number + self._leap
                self._leap = max(1, 2 * self._leap)
            elif self._leap:
                self._leap //= 2
            else:
                self._leap = 1
                return False
        return True

    def _stretch(self, first: int, last: int) -> bool:
        budget, voters = self._market.election.budget, self._market.voters
        upper = run(self._others, Fraction(budget, voters + first))
        reach = [one.high for one in upper.bought]
        lower = run(self._others, Fraction(budget, voters + last), reach, upper)
        return (
            alike(lower, upper)
            and last < enough(self._market, self._at, lower, upper)
            and not (self._greedy and filled(self._market, self._at, last, upper))
        )


class _Raising(_Plan):
    """add1 as cities use it, up to the endowment that costs too much without the project."""

    def __init__(self, market: Market, settings: Settings, at: int, ladder: Ladder) -> None:
        self._market, self._at = market, at
        self._greedy = settings["completion"].endswith("greedy")
        with_it = any(at in rung.upper.selected for rung in ladder.rungs)
        self._ladder = Ladder(market.without(at), ladder.step) if with_it else ladder
        self._known: dict[Fraction, float] = {}
        self._until, self._leap = -1, 1

    def _enough(self, rung: Rung) -> float:
        end = rung.upper.endowment
        if end not in self._known:
            bought = self._at in rung.upper.selected or self._at in rung.lower.selected
            found = 0 if bought else enough(self._market, self._at, rung.lower, rung.upper)
            self._known[end] = found
        return self._known[end]

    def _start(self, number: int) -> Fraction:
        share = Fraction(self._market.election.budget, self._market.voters + number)
        start = Fraction(share // self._ladder.step * self._ladder.step)
        if start < self._ladder.lowest:
            further = Fraction(self._market.election.budget, self._market.voters + 2 * number)
            self._ladder.reach(Fraction(further // self._ladder.step * self._ladder.step))
        return start

    def proven(self, number: int) -> bool:
        last = self._ladder.last
        if last is None or self._start(number) + self._ladder.step > last.endowment:
            return False
        return self._unchanged(number, self._ladder.rungs) or self._too_much(number)

    def _unchanged(self, number: int, rungs: list[Rung]) -> bool:
        start, last = self._start(number), self._ladder.last
        proven = all(
            number < self._enough(rung) for rung in reversed(rungs) if rung.upper.endowment >= start
        )
        if not proven or last is None:
            return False
        return not (self._greedy and filled(self._market, self._at, number, last))

    def _too_much(self, number: int) -> bool:
        """Say whether the project is only bought in a run that costs too much.

        More ballots for it move prices the same way as a larger endowment does, so what proves
        that all endowments between two buy the same proves it for numbers of ballots as well.
        """
        while self._until < number:
            last = number + self._leap
            if self._unchanged(last, self._ladder.affordable) and self._overspends(number, last):
                self._until, self._leap = last, max(1, 2 * self._leap)
            elif self._leap:
                self._leap //= 2
            else:
                self._leap = 1
                return False
        return True

    def _overspends(self, first: int, last: int) -> bool:
        endowment = self._ladder.rungs[-1].upper.endowment
        upper = run(self._market.with_more(self._at, last), endowment)
        reach = [one.high for one in upper.bought]
        lower = run(self._market.with_more(self._at, first), endowment, reach)
        return upper.cost > self._market.election.budget and alike(lower, upper)

    def safe(self, number: int) -> Fraction | None:
        start, found = self._start(number), None
        for rung in self._ladder.affordable:
            end = rung.upper.endowment
            if end >= start and number >= self._enough(rung):
                break
            if end >= start + self._ladder.step:
                found = end
        return found
