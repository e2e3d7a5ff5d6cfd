"""The decisions of a count, with the exact numbers behind them.

Facts of a decision, in cents, exact (``"1250/3"`` where it is no whole number):

- ``step``: its number among the projects that came up, from 1;
- ``load``: what the most burdened ballot carries at least, once this project is paid for too;
- ``left``: what was left of the budget at that moment;
- ``votes_short``: how many more ballots for this project alone would have had it funded, all other
  ballots staying as they are.  To check: add that many ballots and count again; one fewer fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from pb_engine.api import Decision, Election, Verdict
from pb_engine.api.counting import Exact
from pb_engine.plugins.maximin_support.balance import share
from pb_engine.plugins.maximin_support.rounds import Step


def exact(number: Fraction) -> Exact:
    """Write a rational as a fact."""
    return number.numerator if number.denominator == 1 else str(number)


def decisions(election: Election, steps: Sequence[Step], ending: str) -> tuple[Decision, ...]:
    """Return one decision per project: in the order in which they came up, then the others."""
    made = [_came_up(election, steps, place, ending) for place in range(len(steps))]
    decided = {decision.project for decision in made}
    lot, voters = election.lot_places(), election.support.voters
    rest = [at for at, project in enumerate(election.projects) if project.id not in decided]
    rest.sort(key=lambda at: (-voters[at], lot[at]))
    return (*made, *(_stayed(election, steps, at, ending) for at in rest))


def _decision(
    election: Election, at: int, reason: str, facts: dict[str, Exact], tied: tuple[int, ...] = ()
) -> Decision:
    return Decision(
        project=election.projects[at].id,
        verdict=Verdict.FUNDED if reason == "funded" else Verdict.NOT_FUNDED,
        reason=reason,
        voters=election.support.voters[at],
        facts=facts,
        tied_with=tuple(election.projects[other].id for other in tied),
    )


def _came_up(election: Election, steps: Sequence[Step], place: int, ending: str) -> Decision:
    step = steps[place]
    at = step.at
    facts: dict[str, Exact] = {
        "step": place + 1,
        "load": exact(step.load),
        "left": step.left,
    }
    if step.funded:
        return _decision(election, at, "funded", facts, step.tied)
    facts["votes_short"] = votes_short(election, steps, at, ending)
    return _decision(election, at, "does_not_fit", facts, step.tied)


def _stayed(election: Election, steps: Sequence[Step], at: int, ending: str) -> Decision:
    if election.projects[at].cost > election.budget:
        return _decision(election, at, "over_budget", {})
    short: dict[str, Exact] = {"votes_short": votes_short(election, steps, at, ending)}
    supported = election.support.voters[at]
    return _decision(election, at, "after_the_end" if supported else "no_supporters", short)


def votes_short(election: Election, steps: Sequence[Step], at: int, ending: str) -> int:
    """Return the least number of further ballots for one project alone that would fund it.

    Such ballots change nothing for the others, so the steps stay what they are until the project
    itself comes up.  At every step where it still fits, it has to come up before the project that
    did; the easiest of these steps counts.
    """
    cost, lot = election.projects[at].cost, election.lot_places()[at]
    free = _nobody_stopped_it(steps, ending) and cost <= _left(steps, election.budget)
    best = 1 if free and not election.support.voters[at] else None
    for step in reversed(steps):
        if cost <= step.left and (step.load > step.before or (lot < step.lot and step.load)):
            alone = (cost - step.load * election.support.voters[at]) / step.load
            if best is None or alone < best:
                ballots = _ballots_to_come_before(step, at, lot)
                best = ballots if best is None else min(best, ballots)
    if best is None:
        raise AssertionError("whatever fits the whole budget could have come up first")
    return max(best, 1)


def _ballots_to_come_before(step: Step, at: int, lot: int) -> int:
    """Return how many ballots must take over what cannot be paid at the load of this step."""
    crowd = step.crowd.choosing(at)
    ballots = share(crowd, crowd.groups(), step.load).amount / step.load
    return ceil(ballots) if lot < step.lot else floor(ballots) + 1


def _nobody_stopped_it(steps: Sequence[Step], ending: str) -> bool:
    return ending == "skip" or not steps or steps[-1].funded


def _left(steps: Sequence[Step], budget: int) -> int:
    return budget - sum(step.cost for step in steps if step.funded)
