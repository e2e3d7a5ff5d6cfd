"""What happens with the money that Equal Shares leaves: four completions, three named add1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.api import Settings
from pb_engine.plugins.equal_shares.climb import climb
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.run import Run, run


@dataclass(frozen=True, slots=True, eq=False)
class Completed:
    """The deciding run, and what was added to it.

    :ivar added: places of the projects that the greedy completion added, in order.
    """

    run: Run
    added: tuple[int, ...]

    @property
    def selected(self) -> tuple[int, ...]:
        """Places of all funded projects that cost something, in order."""
        return (*self.run.selected, *self.added)


def count(market: Market, settings: Settings) -> Completed | None:
    """Run the rule with the completion in ``settings``; ``None`` without a single ballot."""
    if not market.voters:
        return None
    completion = settings["completion"]
    if completion.startswith("add1"):
        deciding = _raised(market, settings)
    else:
        deciding = run(market, Fraction(market.election.budget, market.voters))
    if any(one.follow for one in deciding.bought):
        deciding = run(market, deciding.endowment, name_ties=True)
    added: tuple[int, ...] = ()
    if completion.endswith("greedy"):
        funded = (*market.free, *deciding.selected)
        added = tuple(fill(market, funded, market.election.budget - deciding.cost))
    return Completed(deciding, added)


def fill(market: Market, funded: Iterable[int], left: int) -> Iterable[int]:
    """Yield what still fits, the highest score first."""
    projects, lot = market.election.projects, market.election.lot_places()
    taken = frozenset(funded)
    order = sorted(range(len(projects)), key=lambda at: (-market.scores[at], lot[at]))
    for at in order:
        if at not in taken and projects[at].cost <= left:
            left -= projects[at].cost
            yield at


def _raised(market: Market, settings: Settings) -> Run:
    """Raise the endowment step by step; the last run within the budget decides.

    It is no search: a larger endowment may cost less, so every step is made or proven.
    """
    variant, budget = settings["variant"], market.election.budget
    step = settings["step"] * market.election.unit
    share = Fraction(budget, market.voters)
    floor = Fraction(share // step * step)
    if variant == "equalshares" and sum(p.cost for p in market.election.projects) <= budget:
        return run(market, share)
    best = run(market, floor if variant == "equalshares" else share)
    endowment = share if variant == "pabutools" else floor
    for following in climb(market, best, endowment, step):
        if len(best.bought) == len(market.stalls):
            break
        if variant != "official" and not _room(market, best, everything=variant == "equalshares"):
            break
        if following.cost > budget:
            break
        best = following
    return best


def _room(market: Market, best: Run, *, everything: bool) -> bool:
    """Say whether a further project would fit: any, or any that has supporters."""
    left = market.election.budget - best.cost
    funded = frozenset(best.selected)
    if everything:
        projects = market.election.projects
        return any(p.cost <= left for at, p in enumerate(projects) if at not in funded)
    return any(stall.cost <= left for stall in market.stalls if stall.at not in funded)
