"""Is this an outcome?  Asked of every method, a stranger's before all."""

from __future__ import annotations

from collections import Counter

from pb_engine.errors import TallyRefused
from pb_engine.tallying.election import Election
from pb_engine.tallying.outcome import Outcome, Verdict


def check_outcome(election: Election, outcome: object) -> Outcome:
    """Return ``outcome`` when it decides about every project once and stays within the budget.

    :raises TallyRefused: naming what is wrong with it.
    """
    if not isinstance(outcome, Outcome):
        raise TallyRefused(f"the voting method gave back {type(outcome).__name__}, not an outcome")
    _check_decisions(election, outcome)
    costs = {project.id: project.cost for project in election.projects}
    total = sum(costs[project] for project in outcome.selected)
    if total > election.budget:
        raise TallyRefused(
            f"the method {outcome.method!r} spends {total} cents; the budget is {election.budget}",
            method=outcome.method,
        )
    return outcome


def _check_decisions(election: Election, outcome: Outcome) -> None:
    decided = Counter(decision.project for decision in outcome.decisions)
    wrong = (decided - Counter(ids := {project.id for project in election.projects})) + (
        Counter(ids) - decided
    )
    if wrong:
        raise TallyRefused(
            f"the method {outcome.method!r} must decide about every project once; see "
            f"{min(wrong)!r}",
            method=outcome.method,
        )
    funded = Counter(d.project for d in outcome.decisions if d.verdict is Verdict.FUNDED)
    if funded != Counter(outcome.selected):
        raise TallyRefused(
            f"the method {outcome.method!r} selects other projects than its decisions fund",
            method=outcome.method,
        )
