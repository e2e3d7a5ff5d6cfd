"""What the voters of each group paid for each funded project, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from pb_engine.api import Decision, Election, Outcome, ProjectId
from pb_engine.api.counting import Whole
from pb_engine.plugins.money_flow.groups import NO_GROUP

Amounts = dict[int, Fraction]
"""Money by group; under ``NO_GROUP`` what no voter paid."""


@dataclass(frozen=True, slots=True)
class Payments:
    """Money by funded project (its place) and by group, in the election's smallest unit.

    :ivar shares: whether voters paid out of their shares, as the rule says; otherwise the cost
        of every project was divided equally over the voters who support it.
    """

    paid: Mapping[int, Amounts]
    shares: bool


def payments(election: Election, outcome: Outcome, groups: Whole) -> Payments:
    """Work out who paid what.

    The prices that Equal Shares leaves in its trail are paid again, ballot by ballot; unless they
    add up to every cost to the cent, they are not used.
    """
    places = {project.id: at for at, project in enumerate(election.projects)}
    funded = [places[project] for project in outcome.selected]
    bought = _purchases(outcome, places)
    for weighed in (False, True) if bought else ():
        paid = _out_of_shares(election, outcome, groups, bought, weighed=weighed)
        if paid is not None:
            rest = (at for at in funded if at not in paid)
            left = {at: {NO_GROUP: Fraction(election.projects[at].cost)} for at in rest}
            return Payments({**paid, **left}, shares=True)
    return Payments({at: _divided(election, groups, at) for at in funded}, shares=False)


def _purchases(outcome: Outcome, places: Mapping[ProjectId, int]) -> list[tuple[int, Fraction]]:
    """Return place and price of what was bought out of shares, in order."""
    if "endowment" not in outcome.facts:
        return []
    bought = [one for one in outcome.decisions if "price" in one.facts and "step" in one.facts]
    bought.sort(key=_step)
    return [(places[one.project], Fraction(one.facts["price"])) for one in bought]


def _step(decision: Decision) -> int:
    return int(decision.facts["step"])


def _out_of_shares(
    election: Election,
    outcome: Outcome,
    groups: Whole,
    bought: list[tuple[int, Fraction]],
    *,
    weighed: bool,
) -> dict[int, Amounts] | None:
    """Pay all purchases again; ``None`` when a sum is not the cost of what was bought."""
    support = election.support
    endowment = Fraction(outcome.facts["endowment"])
    unit = lcm(endowment.denominator, *(price.denominator for _, price in bought))
    purses = np.full(len(support.times), int(endowment * unit), dtype=object)
    paid: dict[int, Amounts] = {}
    for at, price in bought:
        rows, weights = support.rows[at], support.weights[at]
        asked = int(price * unit) * (
            weights.astype(object) if weighed and weights is not None else 1
        )
        part = np.minimum(purses[rows], asked)
        purses[rows] -= part
        amounts = _by_group(groups[rows], part * support.times[rows], unit)
        if sum(amounts.values()) != election.projects[at].cost:
            return None
        paid[at] = amounts
    return paid


def _by_group(groups: Whole, amounts: Whole, unit: int) -> Amounts:
    found, place = np.unique(groups, return_inverse=True)
    sums = np.zeros(len(found), dtype=object)
    np.add.at(sums, place, amounts)
    pairs = zip(found.tolist(), sums.tolist(), strict=True)
    return {group: Fraction(amount, unit) for group, amount in pairs}


def _divided(election: Election, groups: Whole, at: int) -> Amounts:
    """Divide the cost of a project equally over the voters who mark it."""
    support, cost = election.support, election.projects[at].cost
    if not support.voters[at]:
        return {NO_GROUP: Fraction(cost)}
    rows = support.rows[at]
    people = _by_group(groups[rows], support.times[rows].astype(object), 1)
    return {group: number * cost / support.voters[at] for group, number in people.items()}
