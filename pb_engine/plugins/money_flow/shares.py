"""The payments of Equal Shares, ballot by ballot, from the prices in its trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from pb_engine.api import Decision, Election, Outcome, ProjectId
from pb_engine.api.counting import Whole


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What was paid for one project: by which distinct ballots, and by all of each together."""

    rows: Whole
    amounts: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """All payments, exact.

    :ivar endowment: what every ballot had, in the election's smallest unit.
    :ivar unit: amounts count ``1 / unit`` of the smallest unit, and are Python's own numbers.
    :ivar parts: by the place of the project, in the order in which they were bought.
    :ivar left: what all of each distinct ballot have left together.
    """

    endowment: Fraction
    unit: int
    parts: Mapping[int, Part]
    left: Whole


def out_of_shares(election: Election, outcome: Outcome) -> Shares | None:
    """Pay all purchases again.

    ``None`` when the outcome has no such trail, or when its prices do not add up to the cost of
    every project to the cent: then it is not believed.
    """
    places = {project.id: at for at, project in enumerate(election.projects)}
    bought = _purchases(outcome, places)
    paid = (_paid(election, outcome, bought, weighed=one) for one in (False, True) if bought)
    return next((one for one in paid if one is not None), None)


def _purchases(outcome: Outcome, places: Mapping[ProjectId, int]) -> list[tuple[int, Fraction]]:
    """Return place and price of what was bought out of shares, in order."""
    if "endowment" not in outcome.facts:
        return []
    bought = [one for one in outcome.decisions if "price" in one.facts and "step" in one.facts]
    bought.sort(key=_step)
    return [(places[one.project], Fraction(one.facts["price"])) for one in bought]


def _step(decision: Decision) -> int:
    return int(decision.facts["step"])


def _paid(
    election: Election, outcome: Outcome, bought: list[tuple[int, Fraction]], *, weighed: bool
) -> Shares | None:
    support = election.support
    endowment = Fraction(outcome.facts["endowment"])
    unit = lcm(endowment.denominator, *(price.denominator for _, price in bought))
    purses = np.full(len(support.times), int(endowment * unit), dtype=object)
    parts: dict[int, Part] = {}
    for at, price in bought:
        rows, weights = support.rows[at], support.weights[at] if weighed else None
        asked = int(price * unit) * (1 if weights is None else weights.astype(object))
        given = np.minimum(purses[rows], asked)
        purses[rows] -= given
        parts[at] = Part(rows, given * support.times[rows])
        if parts[at].amounts.sum() != election.projects[at].cost * unit:
            return None
    return Shares(endowment, unit, parts, purses * support.times)
