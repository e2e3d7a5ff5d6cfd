"""The decisions of a race, with the exact numbers behind them.

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

from pb_engine.api import Decision, Election, Verdict
from pb_engine.api.counting import Exact
from pb_engine.plugins.phragmen.race import Step


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
    at = step.runner.at
    facts: dict[str, Exact] = {
        "step": place + 1,
        "earned": exact(step.earned),
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
    voters = election.support.voters[at]
    if not voters:
        return _decision(election, at, "no_supporters", short)
    last = steps[-1]
    saved = last.earned * voters - last.spent[at]
    return _decision(election, at, "after_the_end", {"saved": exact(saved), **short})


def votes_short(election: Election, steps: Sequence[Step], at: int, ending: str) -> int:
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
    if _nobody_stopped_it(steps, ending) and project.cost <= _left(steps, election.budget):
        needed.append(1)
    return max(min(needed) - election.support.voters[at], 1)


def _voters_to_come_before(step: Step, asked: Fraction, lot: int) -> int:
    voters = asked / step.earned
    return ceil(voters) if lot < step.runner.lot else floor(voters) + 1


def _nobody_stopped_it(steps: Sequence[Step], ending: str) -> bool:
    return ending == "skip" or not steps or steps[-1].funded


def _left(steps: Sequence[Step], budget: int) -> int:
    return budget - sum(step.runner.cost for step in steps if step.funded)
