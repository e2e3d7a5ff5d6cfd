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

from pb_engine.api import Election, Outcome
from pb_engine.api.card import Card
from pb_engine.api.counting import as_exact
from pb_engine.api.steps import Trail, would_still_fit
from pb_engine.plugins.maximin_support.balance import unpaid
from pb_engine.plugins.maximin_support.bounds import lacking
from pb_engine.plugins.maximin_support.rounds import Step


def outcome_of(card: Card, election: Election, steps: Sequence[Step], ending: str) -> Outcome:
    """Write the outcome of a count."""
    stops = ending == "stop"
    return Trail(
        election,
        steps,
        stops,
        measure=lambda step: {"load": as_exact(step.load)},
        short=lambda at: votes_short(election, steps, at, stops=stops),
        rest=lambda _at: {},
    ).outcome(card)


def votes_short(election: Election, steps: Sequence[Step], at: int, *, stops: bool) -> int:
    """Return the least number of further ballots for one project alone that would fund it.

    Such ballots change nothing for the others, so the steps stay what they are until the project
    itself comes up.  At every step where it still fits, it has to come up before the project that
    did; the easiest of these steps counts.
    """
    cost, lot = election.projects[at].cost, election.lot_places()[at]
    free = would_still_fit(steps, election, at, stops=stops)
    best = 1 if free and not election.support.voters[at] else None
    for step in reversed(steps):
        if cost <= step.left and (step.load > step.before or (lot < step.lot and step.load)):
            best = _fewest(step, at, earlier=lot < step.lot, best=best)
    if best is None:
        raise AssertionError("whatever fits the whole budget could have come up first")
    return max(best, 1)


def _fewest(step: Step, at: int, *, earlier: bool, best: int | None) -> int:
    """Return how many ballots bring the project up instead of this step, or ``best`` if fewer.

    They must take over what cannot be paid at the load of the step.  What some sets of projects
    certainly lack is mostly enough to see that this step is no easier; and when it is, a flow is
    done as soon as what it has not paid takes no more ballots than what cannot be paid.
    """
    crowd, load = step.crowd, step.load
    start = step.division.choosing(crowd, at)
    least = _ballots(crowd.costs[at] - load * crowd.voters[at], load, earlier=earlier)
    for some in (start.paid, (at,)):
        if best is not None and least >= best:
            return best
        lack = lacking(crowd, some, start.paid, load)
        least = max(least, _ballots(lack, load, earlier=earlier))
    if best is not None and least >= best:
        return best
    enough = least * load.numerator if earlier else least * load.numerator - 1
    number = _ballots(unpaid(crowd, start, load, max(enough, 0)), load, earlier=earlier)
    return number if best is None else min(number, best)


def _ballots(amount: Fraction, load: Fraction, *, earlier: bool) -> int:
    """Return how many ballots carry an amount; more than carry it, unless the lot decides."""
    return ceil(amount / load) if earlier else floor(amount / load) + 1
