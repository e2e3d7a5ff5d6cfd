"""The decisions of a count, with the exact numbers behind them.

Facts of a decision, in cents, exact (``"1250/3"`` where it is no whole number):

- ``step``: which purchase it was, from 1 (reason ``shares``);
- ``price``: what a supporter whose mark weighs 1 paid, if they had as much;
- ``paid_in_full``, ``paid_the_rest``: how many ballots paid that, and how many all they had left;
- ``could_carry``: what the supporters of a project that was not bought had left together;
- ``left``: what was left of the budget when the greedy completion looked at it.
"""

from __future__ import annotations

from fractions import Fraction

from pb_engine.api import Decision, Verdict
from pb_engine.api.counting import Exact
from pb_engine.plugins.equal_shares.completion import Completed
from pb_engine.plugins.equal_shares.market import Market


def exact(number: Fraction) -> Exact:
    """Write a rational as a fact."""
    return number.numerator if number.denominator == 1 else str(number)


def facts(market: Market, completed: Completed | None) -> dict[str, Exact]:
    """Return the facts about the whole count.

    ``endowment``: what every ballot could spend; ``share``: budget by number of ballots;
    ``left``: what is left of the budget; all in cents.
    """
    budget = market.election.budget
    if completed is None:
        return {"budget": budget, "left": budget}
    projects = market.election.projects
    spent = sum(projects[at].cost for at in completed.selected)
    return {
        "budget": budget,
        "endowment": exact(completed.run.endowment),
        "left": budget - spent,
        "share": exact(Fraction(budget, market.voters)),
    }


def decisions(market: Market, completed: Completed | None) -> tuple[Decision, ...]:
    """Return one decision per project: first the funded ones, in order, then the others."""
    made: list[Decision] = []
    if completed is not None:
        made += [_decision(market, at, "free", {}) for at in market.free]
        made += _bought(market, completed)
        made += _added(market, completed)
    decided = {decision.project for decision in made}
    rest = [at for at, p in enumerate(market.election.projects) if p.id not in decided]
    lot = market.election.lot_places()
    rest.sort(key=lambda at: (-market.scores[at], lot[at]))
    return (*made, *(_refused(market, completed, at) for at in rest))


def _decision(
    market: Market, at: int, reason: str, numbers: dict[str, Exact], tied: tuple[int, ...] = ()
) -> Decision:
    projects = market.election.projects
    funded = reason in {"free", "shares", "completion"}
    return Decision(
        project=projects[at].id,
        verdict=Verdict.FUNDED if funded else Verdict.NOT_FUNDED,
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
        made.append(_decision(market, one.stall.at, "shares", numbers, one.tied))
    return made


def _added(market: Market, completed: Completed) -> list[Decision]:
    left = market.election.budget - completed.run.cost
    made = []
    for at in completed.added:
        numbers = {**_carried(market, completed, at), "left": left}
        made.append(_decision(market, at, "completion", numbers))
        left -= market.election.projects[at].cost
    return made


def _refused(market: Market, completed: Completed | None, at: int) -> Decision:
    cost, budget = market.election.projects[at].cost, market.election.budget
    if cost > budget:
        return _decision(market, at, "over_budget", {})
    if completed is None or not market.scores[at]:
        return _decision(market, at, "no_supporters", {})
    return _decision(market, at, "supporters_short", _carried(market, completed, at))


def _carried(market: Market, completed: Completed, at: int) -> dict[str, Exact]:
    stall = market.stall_at(at)
    if stall is None:
        return {"could_carry": 0}
    return {"could_carry": exact(completed.run.purses.exact_total(stall))}
