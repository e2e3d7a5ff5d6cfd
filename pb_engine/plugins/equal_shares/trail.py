"""The decisions of a count, with the exact numbers behind them.

Facts of a decision, in cents, exact (``"1250/3"`` where it is no whole number):

- ``step``: which purchase it was, from 1 (reason ``shares``);
- ``price``: what a supporter whose mark weighs 1 paid, if they had as much;
- ``paid_in_full``, ``paid_the_rest``: how many ballots paid that, and how many all they had left;
- ``unpaid``: under bounded overspending: what the supporters did not pay;
- ``could_carry``: what the supporters of a project that was not bought had left together;
- ``spent_on_1``, ``spent_1`` ... 3: the bought projects for which its supporters paid most, and how
  much; only in elections of at most ``TRAILED`` marks and a hundredth as many projects;
- ``left``: what was left of the budget when the project had its turn;
- ``score``: its support, where the greedy outcome was kept (reason ``preferred``).
"""

from __future__ import annotations

from fractions import Fraction

from pb_engine.api import Decision, Verdict
from pb_engine.api.counting import Exact
from pb_engine.plugins.equal_shares.completion import Completed
from pb_engine.plugins.equal_shares.market import Market

FUNDED = frozenset({"free", "shares", "completion", "preferred"})
TRAILED = 50_000
"""In larger elections nobody is told where the money of a project's supporters went."""


def exact(number: Fraction) -> Exact:
    """Write a rational as a fact."""
    return number.numerator if number.denominator == 1 else str(number)


def facts(market: Market, completed: Completed | None) -> dict[str, Exact]:
    """Return the facts about the whole count.

    ``endowment``: what every ballot could spend; ``share``: budget by number of ballots;
    ``left``: what is left of the budget; all in cents.  With a comparison: ``prefer_shares`` and
    ``prefer_greedy``, numbers of ballots, and ``kept``: ``equal_shares`` or ``greedy``.
    """
    budget = market.election.budget
    if completed is None:
        return {"budget": budget, "left": budget}
    projects = market.election.projects
    spent = sum(projects[at].cost for at in completed.selected)
    told: dict[str, Exact] = {
        "budget": budget,
        "endowment": exact(completed.run.endowment),
        "left": budget - spent,
        "share": exact(Fraction(budget, market.voters)),
    }
    if completed.comparison is not None:
        told["prefer_shares"] = completed.comparison.shares
        told["prefer_greedy"] = completed.comparison.greedy
        told["kept"] = "greedy" if completed.replaced else "equal_shares"
    return told


def decisions(market: Market, completed: Completed | None) -> tuple[Decision, ...]:
    """Return one decision per project: first the funded ones, in order, then the others."""
    made: list[Decision] = []
    if completed is not None:
        made += [_decision(market, at, "free", {}) for at in market.free]
        if completed.comparison is not None and completed.replaced:
            made += _in_turn(market, "preferred", completed.comparison.order, 0)
        else:
            made += _bought(market, completed)
            made += _in_turn(market, "completion", completed.added, completed.run.cost, completed)
    decided = {decision.project for decision in made}
    rest = [at for at, p in enumerate(market.election.projects) if p.id not in decided]
    lot = market.election.lot_places()
    rest.sort(key=lambda at: (-market.scores[at], lot[at]))
    return (*made, *(_refused(market, completed, at) for at in rest))


def _decision(
    market: Market, at: int, reason: str, numbers: dict[str, Exact], tied: tuple[int, ...] = ()
) -> Decision:
    projects = market.election.projects
    return Decision(
        project=projects[at].id,
        verdict=Verdict.FUNDED if reason in FUNDED else Verdict.NOT_FUNDED,
        reason=reason,
        voters=market.support.voters[at],
        facts=numbers,
        tied_with=tuple(projects[other].id for other in tied),
    )


def _bought(market: Market, completed: Completed) -> list[Decision]:
    made, deciding = [], completed.run
    deciding.purses.settle()
    ledger = deciding.purses.ledger
    for step, one in enumerate(deciding.bought):
        full, rest = ledger.paid[step]
        numbers: dict[str, Exact] = {
            "step": step + 1,
            "price": exact(ledger.prices[step]),
            "paid_in_full": full,
            "paid_the_rest": rest,
        }
        if completed.unpaid and completed.unpaid[step]:
            numbers["unpaid"] = exact(completed.unpaid[step])
        made.append(_decision(market, one.stall.at, "shares", numbers, one.tied))
    return made


def _in_turn(
    market: Market,
    reason: str,
    funded: tuple[int, ...],
    spent: int,
    completed: Completed | None = None,
) -> list[Decision]:
    left = market.election.budget - spent
    made = []
    for at in funded:
        carried = (
            {"score": market.scores[at]} if completed is None else _carried(market, completed, at)
        )
        made.append(_decision(market, at, reason, {**carried, "left": left}))
        left -= market.election.projects[at].cost
    return made


def _refused(market: Market, completed: Completed | None, at: int) -> Decision:
    cost, budget = market.election.projects[at].cost, market.election.budget
    if cost > budget:
        return _decision(market, at, "over_budget", {})
    if completed is None:
        return _decision(market, at, "no_supporters", {})
    if completed.comparison is not None and completed.replaced:
        left = _left_for(market, completed.comparison.order, at)
        return _decision(market, at, "no_room", {"score": market.scores[at], "left": left})
    if not market.scores[at]:
        return _decision(market, at, "no_supporters", {})
    numbers = {**_carried(market, completed, at), **_spent(market, completed, at)}
    left = budget - completed.run.cost
    if completed.overspending and numbers["could_carry"] and cost > left:
        return _decision(market, at, "no_room", {**numbers, "left": left})
    return _decision(market, at, "supporters_short", numbers)


def _left_for(market: Market, order: tuple[int, ...], at: int) -> int:
    """Return what was left when a project had its turn in the greedy order."""
    lot, projects = market.election.lot_places(), market.election.projects
    mine = (-market.scores[at], lot[at])
    before = [other for other in order if (-market.scores[other], lot[other]) < mine]
    return market.election.budget - sum(projects[other].cost for other in before)


def _carried(market: Market, completed: Completed, at: int) -> dict[str, Exact]:
    stall = market.stall_at(at)
    if stall is None:
        return {"could_carry": 0}
    return {"could_carry": exact(completed.run.purses.exact_total(stall))}


def _spent(market: Market, completed: Completed, at: int) -> dict[str, Exact]:
    stall = market.stall_at(at)
    if stall is None or market.marks > TRAILED or len(market.stalls) > TRAILED // 100:
        return {}
    spent = completed.run.purses.ledger.spent(stall)
    most = sorted(range(len(spent)), key=lambda step: (-spent[step], step))[:3]
    numbers: dict[str, Exact] = {}
    for place, step in enumerate((step for step in most if spent[step]), start=1):
        bought = completed.run.bought[step].stall.at
        numbers[f"spent_on_{place}"] = market.election.projects[bought].id
        numbers[f"spent_{place}"] = exact(spent[step])
    return numbers
