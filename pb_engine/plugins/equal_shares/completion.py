"""What happens with the money that Equal Shares leaves, and the comparison with greedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.api import Settings
from pb_engine.plugins.equal_shares.climb import climb
from pb_engine.plugins.equal_shares.comparison import Comparison, compare
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.run import Run, run


@dataclass(frozen=True, slots=True, eq=False)
class Completed:
    """The deciding run, and what was added to it.

    :ivar added: places of the projects that the greedy completion added, in order.
    :ivar unpaid: under bounded overspending, for each purchase: what its supporters did not pay.
    :ivar overspending: whether the supporters could leave a part of a cost to the others.
    :ivar comparison: with the greedy outcome, if the settings ask for it.
    """

    run: Run
    added: tuple[int, ...]
    unpaid: tuple[Fraction, ...] = ()
    comparison: Comparison | None = None
    overspending: bool = False

    @property
    def replaced(self) -> bool:
        """Whether the greedy outcome takes the place of this one."""
        return self.comparison is not None and self.comparison.greedy_wins

    @property
    def selected(self) -> tuple[int, ...]:
        """Places of all funded projects that are not free, in order."""
        if self.comparison is not None and self.comparison.greedy_wins:
            return self.comparison.order
        return (*self.run.selected, *self.added)


def count(market: Market, settings: Settings, safe: Fraction | None = None) -> Completed | None:
    """Run the rule with the completion in ``settings``; ``None`` without a single ballot.

    :param safe: an endowment that ``add1`` certainly reaches, so that it may start there.
    """
    if not market.voters:
        return None
    completion, budget = settings["completion"], market.election.budget
    unpaid: tuple[Fraction, ...] = ()
    if completion.startswith("overspending"):
        # Imported here so that the other completions start sooner.
        from pb_engine.plugins.equal_shares.overspending import run_overspending

        overspent = run_overspending(market, Fraction(budget, market.voters))
        deciding, unpaid = overspent.run, overspent.unpaid
    elif completion.startswith("add1"):
        deciding = _raised(market, settings, safe)
    else:
        deciding = run(market, Fraction(budget, market.voters))
    if any(one.follow for one in deciding.bought):
        deciding = run(market, deciding.endowment, name_ties=True)
    added: tuple[int, ...] = ()
    if completion.endswith("greedy"):
        added = tuple(fill(market, (*market.free, *deciding.selected), budget - deciding.cost))
    compared = _compared(market, settings, deciding, added)
    return Completed(deciding, added, unpaid, compared, completion.startswith("overspending"))


def _compared(
    market: Market, settings: Settings, deciding: Run, added: tuple[int, ...]
) -> Comparison | None:
    if settings["comparison"] == "none":
        return None
    greedy = tuple(fill(market, market.free, market.election.budget))
    return compare(market, (*deciding.selected, *added), greedy, settings["comparison"])


def fill(market: Market, funded: Iterable[int], left: int) -> Iterable[int]:
    """Yield what still fits, the highest score first."""
    projects, lot = market.election.projects, market.election.lot_places()
    taken = frozenset(funded)
    order = sorted(range(len(projects)), key=lambda at: (-market.scores[at], lot[at]))
    for at in order:
        if at not in taken and projects[at].cost <= left:
            left -= projects[at].cost
            yield at


def _raised(market: Market, settings: Settings, safe: Fraction | None) -> Run:
    """Raise the endowment step by step; the last run within the budget decides.

    It is no search: a larger endowment may cost less, so every step is made or proven.
    """
    variant, budget = settings["variant"], market.election.budget
    step = settings["step"] * market.election.unit
    share = Fraction(budget, market.voters)
    floor = safe if safe is not None else Fraction(share // step * step)
    if variant == "equalshares" and sum(p.cost for p in market.election.projects) <= budget:
        return run(market, share)
    begins_low = safe is not None or variant == "equalshares"
    best = run(market, floor if begins_low else share)
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
    funded = frozenset((*market.free, *best.selected))
    if everything:
        projects = market.election.projects
        return any(p.cost <= left for at, p in enumerate(projects) if at not in funded)
    return any(stall.cost <= left for stall in market.stalls if stall.at not in funded)
