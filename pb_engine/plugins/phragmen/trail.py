"""The exact numbers behind the decisions.

Facts of a decision, in cents, exact (``"1250/3"`` where it is no whole number):

- ``step``: its number among the projects that came up, from 1;
- ``earned``: what every ballot had earned when it came up;
- ``left``: what was left of the budget at that moment;
- ``saved``: for a project that never came up: what its supporters had left when the count ended;
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
from pb_engine.plugins.phragmen.race import Step


def outcome_of(card: Card, election: Election, steps: Sequence[Step], ending: str) -> Outcome:
    """Write the outcome of a race."""
    voters, stops = election.support.voters, ending == "stop"
    return Trail(
        election,
        steps,
        stops,
        measure=lambda step: {"earned": as_exact(step.earned)},
        short=lambda at: votes_short(election, steps, at, stops=stops),
        rest=lambda at: {"saved": as_exact(steps[-1].earned * voters[at] - steps[-1].spent[at])},
    ).outcome(card)


def votes_short(election: Election, steps: Sequence[Step], at: int, *, stops: bool) -> int:
    """Return the least number of further ballots for one project alone that would fund it.

    Such ballots change nothing for the others, so the steps stay what they are until the project
    itself comes up.  At every step where it still fits, it has to come up before the project that
    did; the easiest of these steps counts.
    """
    project, lot = election.projects[at], election.lot_places()[at]
    needed = [
        _voters_to_come_before(step, step.spent.get(at, Fraction(0)) + project.cost, lot)
        for step in steps
        if project.cost <= step.left and step.earned
    ]
    if would_still_fit(steps, election, at, stops=stops):
        needed.append(1)
    return max(min(needed) - election.support.voters[at], 1)


def _voters_to_come_before(step: Step, asked: Fraction, lot: int) -> int:
    voters = asked / step.earned
    return ceil(voters) if lot < step.runner.lot else floor(voters) + 1
